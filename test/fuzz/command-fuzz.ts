import { resolve, sep } from "node:path";
import { classifyCommand } from "../../src/policy/commands/classify-command.ts";
import type { CommandFacts } from "../../src/policy/commands/command-facts.ts";
import { programTables } from "../../src/policy/commands/program-tables.ts";
import { textsOf } from "../../src/policy/commands/simple-command.ts";
import type { PathClass } from "../../src/policy/paths/path-class.ts";
import { judgeRules } from "../../src/policy/rules/judge-rules.ts";
import { keptRules, shellParser, today } from "../security/command-scene.ts";
import { SeededRandom } from "../soak/seeded-random.ts";
import { type CommandFolder, makeCommandFolder } from "./command-folder.ts";
import { CommandLines } from "./command-lines.ts";

export interface CommandFuzzCounts {
  readonly generated: number;
  readonly allowed: number;
  /** Different lines among the allowed ones: each is run. */
  readonly distinct: number;
  readonly executed: number;
  /** Understood lines of one command whose words were compared with bash's. */
  readonly compared: number;
  /** Lines that changed something. */
  readonly changed: readonly string[];
  /** Lines that bash splits into other words. */
  readonly misread: readonly string[];
  /** Lines that were not over in time. */
  readonly unfinished: readonly string[];
}

export interface CommandFuzzSettings {
  readonly seed: number;
  readonly lines: number;
  /** Lines run between two looks at the folder. */
  readonly batch: number;
  readonly onProgress?: (done: string) => void;
}

/**
 * Generates lines, judges them under rules that allow every table, runs those that are allowed by bash in a folder of
 * traps, and looks whether the folder is as it was. Every word that was read is compared with bash's reading.
 */
export async function fuzzCommands({
  seed,
  lines,
  batch,
  onProgress,
}: CommandFuzzSettings): Promise<CommandFuzzCounts> {
  const folder = await makeCommandFolder();
  try {
    const judged = await judgeLines(folder, seed, lines);
    onProgress?.(`${lines} generated, ${judged.allowed} allowed, ${judged.distinct.length} of them distinct`);
    const changed: string[] = [];
    const unfinished: string[] = [];
    for (const part of parts(judged.distinct, batch)) {
      const found = await runPart(part, folder);
      changed.push(...found.changed);
      unfinished.push(...found.unfinished);
    }
    const misread: string[] = [];
    for (const part of parts(judged.readable, batch)) misread.push(...(await misreadLines(part, folder)));
    return {
      generated: lines,
      allowed: judged.allowed,
      distinct: judged.distinct.length,
      executed: judged.distinct.length,
      compared: judged.readable.length,
      changed,
      misread,
      unfinished,
    };
  } finally {
    await folder.dispose();
  }
}

interface Readable {
  readonly line: string;
  readonly words: readonly string[];
}

async function judgeLines(folder: CommandFolder, seed: number, count: number) {
  const generator = new CommandLines(new SeededRandom(seed));
  const rules = keptRules(...[...programTables().keys()].map((name) => `allow run_command(prefix "${name} *")`));
  const classify = await classifierFor(folder);
  const distinct = new Set<string>();
  const readable = new Map<string, Readable>();
  let allowed = 0;
  for (let index = 0; index < count; index++) {
    const line = generator.next();
    const facts = await classify(line);
    const words = onlyWords(facts);
    if (words !== undefined) readable.set(line, { line, words });
    if (judgeRules(rules, facts, today).kind !== "allow") continue;
    allowed++;
    distinct.add(line);
  }
  return { allowed, distinct: [...distinct], readable: [...readable.values()] };
}

/** The words of a line that is understood to be one command and nothing else. */
function onlyWords({ understanding, commands }: CommandFacts): readonly string[] | undefined {
  const [command, ...more] = commands;
  if (understanding.kind === "not-understood" || command === undefined || more.length > 0) return undefined;
  return command.redirections.length > 0 ? undefined : textsOf(command);
}

async function classifierFor(folder: CommandFolder): Promise<(line: string) => Promise<CommandFacts>> {
  const { workTree, config } = folder;
  const parser = await shellParser();
  const configPath = resolve(workTree, ".git/config");
  return (line) =>
    classifyCommand(line, {
      parser,
      shell: "bash",
      cwd: workTree,
      folders: [workTree],
      classifyPath: async (absolute) => plainClass(absolute, workTree),
      lookBelow: async () => ({ kind: "nothing" }),
      readText: async (absolute) => (absolute === configPath ? config : undefined),
    });
}

/** By its text only: what reading would show is not what this is about. */
function plainClass(absolute: string, workTree: string): PathClass {
  const isInside = absolute === workTree || absolute.startsWith(workTree + sep);
  return { place: isInside ? "inside" : "outside", kind: "ordinary", canonical: absolute };
}

/** Narrows a change down to its lines, each of them run again in a folder of its own. */
async function runPart(
  lines: readonly string[],
  folder: CommandFolder,
): Promise<{ changed: string[]; unfinished: string[] }> {
  const before = await folder.snapshot();
  const { isCutOff } = await folder.runLines(lines);
  const isSame = (await folder.snapshot()) === before;
  if (isSame && !isCutOff) return { changed: [], unfinished: [] };
  if (lines.length === 1) return { changed: isSame ? [] : [...lines], unfinished: isCutOff ? [...lines] : [] };
  const found = { changed: [] as string[], unfinished: [] as string[] };
  for (const half of parts(lines, Math.ceil(lines.length / 2))) {
    const fresh = await makeCommandFolder();
    const inner = await runPart(half, fresh).finally(() => fresh.dispose());
    found.changed.push(...inner.changed);
    found.unfinished.push(...inner.unfinished);
  }
  if (found.changed.length + found.unfinished.length === 0) found.changed.push(`(together) ${lines.join("\n")}`);
  return found;
}

async function misreadLines(part: readonly Readable[], folder: CommandFolder): Promise<readonly string[]> {
  const words = await folder.wordsOf(part.map(({ line }) => line));
  return part
    .filter((readable, index) => JSON.stringify(words[index]) !== JSON.stringify(readable.words))
    .map(({ line }) => line);
}

function parts<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
