import assert from "node:assert/strict";
import { join } from "node:path";
import type { ListEngine } from "../../src/tools/listing/list-engine.ts";
import { ripgrepList } from "../../src/tools/listing/ripgrep-list.ts";
import { slowList } from "../../src/tools/listing/slow-list.ts";
import { ripgrepEngine } from "../../src/tools/ripgrep-search.ts";
import type { SearchEngine, SearchRequest } from "../../src/tools/search-engine.ts";
import { slowSearch } from "../../src/tools/slow-search.ts";
import { writeTree } from "./write-tree.ts";

const FOLDERS = ["", "src", "src/deep", "lib", ".hidden", "build", "build/inner", "node_modules/pkg"];
const NAMES = ["a.ts", "b.ts", "c.tsx", "notes.md", ".env.sample", "x.log", "KEEP.log", "ümläut.txt"];
const WORDS = ["alpha", "Beta", "gamma", "42", "a.b", "(x)", "straße", "日本", "-->", "alphabet", ""];
const RULES = [
  "build",
  "/lib",
  "*.log",
  "!KEEP.log",
  "node_modules/",
  "src/*.md",
  "**/deep/*.ts",
  "# comment",
  "a.ts",
  "!/src/a.ts",
];
const GLOBS = [[], ["*.ts"], ["src/**"], ["!*.md"], ["src"], ["*.ts", "*.tsx"], ["**/deep/**"], ["lib/*.log"]];
const LITERALS = ["alpha", "Beta", "a.b", "(x)", "ß", "日", "--", "42", "nowhere"];
/** What both dialects take alike: ripgrep's \w knows all letters, JavaScript's only ASCII. */
const EXPRESSIONS = ["alpha(bet)?", "^[a-z]+ 42", "[A-Z][a-z]+$", "a.b", "\\(x\\)|日本", "^$"];

/**
 * Writes generated trees below the folder and asks both engines the same generated questions, for lines and for the files alone.
 * `starts` are the places below a tree that are searched: before version 15 ripgrep read the rules above a folder wrongly.
 * Throws an `AssertionError` with tree and question where their answers differ; gives back how many lines were found in all.
 */
export async function assertEnginesAgree(
  binary: string,
  folder: string,
  starts: readonly string[],
  trees = 10,
): Promise<number> {
  const ripgrep = ripgrepEngine(binary);
  let lines = 0;
  for (let seed = 1; seed <= trees; seed++) {
    const random = generator(seed);
    const root = join(folder, `tree-${seed}`);
    await writeTree(root, { ".gitignore": "", ...generateTree(random) });
    for (let question = 0; question < 12; question++) {
      const request = generateRequest(root, starts, random);
      const expected = await answer(ripgrep, request);
      lines += expected.length;
      const about = `seed ${seed}: ${JSON.stringify(request)}`;
      assert.deepEqual(await answer(slowSearch, request), expected, about);
      assert.deepEqual(await list(slowList, request), await list(ripgrepList(binary), request), about);
    }
  }
  return lines;
}

async function answer(engine: SearchEngine, request: SearchRequest): Promise<readonly string[]> {
  const { found, stoppedBy } = await engine(request, new AbortController().signal);
  assert.equal(stoppedBy, undefined);
  return found.map(({ path, line, text }) => `${path}:${line}:${text}`).toSorted();
}

async function list(engine: ListEngine, request: SearchRequest): Promise<readonly string[]> {
  const { paths, stoppedBy } = await engine({ ...request, mostFiles: 10_000 }, new AbortController().signal);
  assert.equal(stoppedBy, undefined);
  return paths.toSorted();
}

type Random = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]) => Item;

function generateTree(random: Random): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const folder of FOLDERS) {
    for (const name of NAMES) {
      if (random([true, false])) tree[join(folder, name)] = generateText(random);
    }
    if (random([true, false, false])) tree[join(folder, ".gitignore")] = generateRules(random);
  }
  return { ...tree, ".gitignore": generateRules(random), "src/a.ts": generateText(random) };
}

function generateText(random: Random): string {
  const lines = Array.from({ length: random([0, 1, 3, 8]) }, () => `${random(WORDS)} ${random(WORDS)}`.trim());
  return lines.join(random(["\n", "\r\n"])) + random(["", "\n"]);
}

function generateRules(random: Random): string {
  return Array.from({ length: random([1, 2, 4]) }, () => random(RULES)).join("\n");
}

function generateRequest(root: string, starts: readonly string[], random: Random): SearchRequest {
  const regex = random([true, false]);
  return {
    root,
    start: random(starts),
    pattern: regex ? random(EXPRESSIONS) : random(LITERALS),
    regex,
    caseSensitive: random([true, false]),
    globs: random(GLOBS),
    includeIgnored: random([true, false, false]),
    maxResults: 10_000,
    deadline: new AbortController().signal,
  };
}

/** Picks by a linear congruential generator (Numerical Recipes), so that a seed names a case. */
function generator(seed: number): Random {
  let state = seed;
  return (items) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const picked = items[Math.floor((state / 2 ** 32) * items.length)];
    assert.ok(picked !== undefined);
    return picked;
  };
}
