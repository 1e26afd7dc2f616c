import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import * as z from "zod";
import { type Tool, ToolError } from "../agent/tool.ts";
import type { Situation } from "../policy/classify-call.ts";
import { makeVisible } from "../policy/display/make-visible.ts";
import { judgeCall } from "../policy/judge-call.ts";
import { createPathContext } from "../policy/paths/path-context.ts";
import { RepositoryPolicies } from "../policy/rules/repository-policies.ts";
import type { FilesGuard } from "../tools/files-guard.ts";
import { ArgumentError } from "./argument-error.ts";
import { createDiskTools } from "./disk-tools.ts";
import { lazyShellParser } from "./lazy-shell-parser.ts";
import { readRules } from "./read-rules.ts";
import { runCommand } from "./run-command.ts";

const usage = `Usage: npm run -s decide -- --workspace DIR [--rules FILE]

Says what the policy makes of tool calls. Nothing is run, nothing is changed and nobody is asked.

Reads JSON lines on standard input: {"tool":"read_file","input":{"path":"src/a.ts"}}
Prints one JSON line for each: decision (allow, ask, deny), tier (1: card, 2: native dialog), code, rule, reason,
targets (resolved) and labels.

  --workspace DIR   a trusted workspace with this one folder
  --rules FILE      the user's rules, one a line: allow run_command(prefix "git status *")
                    blank lines and lines that begin with # are passed over; a line
                    that is no rule is named on standard error, and the others hold
  --help            this text`;

/** What is printed for a call. */
interface Verdict {
  readonly decision: "allow" | "ask" | "deny";
  readonly tier: 1 | 2 | null;
  readonly code: string | null;
  readonly rule: string | null;
  readonly reason: string;
  /** Canonical paths. */
  readonly targets: readonly string[];
  readonly labels: readonly string[];
}

/** Nothing is read for anyone here. */
const nothingHandedOn: FilesGuard = {
  isWithheld: async () => false,
  withheldNames: async () => () => false,
  mask: (text) => text,
  maskStream: () => ({ push: (text) => text, finish: () => "" }),
  restore: (text) => text,
};

async function main(): Promise<number> {
  const { values } = parse();
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const folder = resolve(values.workspace ?? "");
  const isFolder = await stat(folder)
    .then((entry) => entry.isDirectory())
    .catch(() => false);
  if (values.workspace === undefined || !isFolder) throw new ArgumentError("--workspace takes a folder.");
  const situation = await createSituation(folder, values.rules);
  const tools = new Map(createDiskTools({ folder, guard: nothingHandedOn }).map((tool) => [tool.name, tool]));
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    process.stdout.write(`${JSON.stringify(await judgeLine(line, tools, situation))}\n`);
  }
  return 0;
}

function parse() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ options: { workspace: text, rules: text, help: { type: "boolean" } } });
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

async function createSituation(folder: string, rulesFile: string | undefined): Promise<() => Promise<Situation>> {
  const paths = createPathContext({ folders: () => [folder] });
  const repository = new RepositoryPolicies(paths.folders);
  const own = rulesFile === undefined ? [] : await readRules(rulesFile, report);
  const parser = lazyShellParser();
  return async () => {
    for (const problem of await repository.refresh()) report(problem);
    const rules = [...repository.rules, ...own];
    return { paths, isTrusted: true, rules, now: new Date(), parser, written: new Set(), hasReadUntrusted: false };
  };
}

function report(problem: string): void {
  process.stderr.write(`${makeVisible(problem)}\n`);
}

const asked = z.object({ tool: z.string(), input: z.unknown() });

async function judgeLine(
  line: string,
  tools: ReadonlyMap<string, Tool>,
  situation: () => Promise<Situation>,
): Promise<Verdict> {
  try {
    const { tool: name, input } = readCall(line);
    const tool = tools.get(name);
    if (tool === undefined) throw new ToolError(`There is no tool ${JSON.stringify(name)}.`, "E_SCHEMA");
    const call = await tool.prepare(input, AbortSignal.timeout(30_000));
    const { classified, decision } = await judgeCall({ tool: name, input }, call, await situation());
    const { facts, command } = classified;
    const touched = (command?.paths ?? []).map(({ pathClass }) => pathClass.canonical);
    return {
      decision: decision.kind,
      tier: decision.kind === "ask" ? decision.tier : null,
      code: decision.kind === "deny" ? decision.code : null,
      rule: decision.rule ?? null,
      reason: decision.kind === "deny" ? decision.message : decision.reason,
      targets: [...new Set([...facts.targets.map(({ canonical }) => canonical), ...touched])],
      labels: facts.labels,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const code = /^E_[A-Z_]+/.exec(reason)?.[0] ?? "E_INTERNAL";
    return { decision: "deny", tier: null, code, rule: null, reason, targets: [], labels: [] };
  }
}

function readCall(line: string): z.infer<typeof asked> {
  try {
    return asked.parse(JSON.parse(line));
  } catch {
    throw new ToolError('A line is a JSON object with "tool" and "input".', "E_SCHEMA");
  }
}

runCommand(main, usage);
