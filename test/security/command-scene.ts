import { mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { type CommandContext, classifyCommand } from "../../src/policy/commands/classify-command.ts";
import type { CommandFacts } from "../../src/policy/commands/command-facts.ts";
import { loadShellParser, type ShellParser } from "../../src/policy/commands/shell-parser.ts";
import { lookBelow } from "../../src/policy/commands/withheld-below.ts";
import { classifyPath } from "../../src/policy/paths/classify-path.ts";
import { createPathContext } from "../../src/policy/paths/path-context.ts";
import { ignoredNames } from "../../src/policy/paths/withheld-names.ts";
import { judgeRules, type RuleJudgement } from "../../src/policy/rules/judge-rules.ts";
import { parseRule } from "../../src/policy/rules/parse-rule.ts";
import type { KeptRule } from "../../src/policy/rules/rule.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTree } from "../support/write-tree.ts";

export const today = new Date("2026-11-21T12:00:00Z");

let parser: Promise<ShellParser> | undefined;

/** The parser as the extension loads it, once for all tests of a file. */
export function shellParser(): Promise<ShellParser> {
  parser ??= loadShellParser({
    wasmFolder: dirname(fileURLToPath(import.meta.resolve("@vscode/tree-sitter-wasm"))),
  });
  return parser;
}

/** Reads rules one per line; throws for a text that is none. */
export function keptRules(...texts: readonly string[]): readonly KeptRule[] {
  return texts.map((text, index) => {
    const parsed = parseRule(text);
    if (parsed.kind === "error") throw new Error(`${text}: ${parsed.message} at ${parsed.position}`);
    return { id: `rule-${index + 1}`, rule: parsed.rule };
  });
}

/** A project as the corpus expects it, with secrets, ignored files and links that lead out. */
const project = {
  "package.json": JSON.stringify({ name: "x", scripts: { test: "node scripts/test.mjs", lint: "eslint ." } }),
  "scripts/test.mjs": "process.exit(0);\n",
  "README.md": "# x\n",
  "data.json": '{"a":[1,2]}\n',
  "names.csv": "b,2\na,1\n",
  "src/a.ts": "export const a = 1;\n",
  "src/b.ts": "export const b = 2; // fix later\n",
  "docs/über uns.md": "# über uns\n",
  ".env": "API_KEY=abc\n",
  "keys/id_ed25519": "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n",
  "private/notes.txt": "ours\n",
  ".outcropignore": "private/**\n",
  ".vscode/settings.json": "{}\n",
  ".git/HEAD": "ref: refs/heads/main\n",
  ".git/config":
    '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n[remote "origin"]\n\turl = https://example.com/x\n',
} as const;

export interface CommandScene {
  readonly ws: string;
  readonly out: string;
  readonly context: CommandContext;
  classify(line: string, changes?: Partial<CommandContext>): Promise<CommandFacts>;
  judge(line: string, rules: readonly KeptRule[], changes?: Partial<CommandContext>): Promise<RuleJudgement>;
}

/** Throw-away folders with that project, judged by the real classifier of paths. */
export async function commandScene(
  test: TestContext,
  files: Readonly<Record<string, string>> = {},
): Promise<CommandScene> {
  const root = await temporaryFolder(test);
  const [ws, out, home] = [join(root, "ws"), join(root, "out"), join(root, "home")];
  for (const folder of [ws, out, home]) await mkdir(folder);
  await writeTree(ws, { ...project, ...files });
  await writeTree(out, { "s.txt": "outside\n" });
  await symlink(join(out, "s.txt"), join(ws, "link.txt"));
  await symlink(out, join(ws, "linked"));
  const paths = createPathContext({ folders: () => [ws], home });
  const classify = (absolute: string, access?: "write") => classifyPath(absolute, paths, access);
  const context: CommandContext = {
    parser: await shellParser(),
    shell: "/bin/bash",
    cwd: ws,
    folders: [ws],
    home,
    classifyPath: classify,
    lookBelow: (absolute, depth) =>
      lookBelow(absolute, {
        classifyPath: classify,
        ignoredNames: () => ignoredNames(paths),
        depth,
        mostEntries: 1_000,
      }),
    readText: (absolute) => readFile(absolute, "utf8").catch(() => undefined),
  };
  const facts = (line: string, changes: Partial<CommandContext> = {}) =>
    classifyCommand(line, { ...context, ...changes });
  return {
    ws,
    out,
    context,
    classify: facts,
    judge: async (line, rules, changes) => judgeRules(rules, await facts(line, changes), today),
  };
}
