import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import type { PreparedCall } from "../agent/tool.ts";
import { t, text } from "../protocol/localize.ts";
import type { CallFacts, CallLabel, RuleVerdict } from "./call-facts.ts";
import { canonicalPath } from "./canonical-path.ts";
import type { CommandFacts } from "./commands/command-facts.ts";
import type { ShellParser } from "./commands/shell-parser.ts";
import { lookBelow } from "./commands/withheld-below.ts";
import { findHiddenCharacters } from "./display/hidden-characters.ts";
import { classifyPath } from "./paths/classify-path.ts";
import type { PathContext } from "./paths/path-context.ts";
import { wayInside } from "./paths/path-style.ts";
import { type JudgedTarget, judgeTarget } from "./paths/target-facts.ts";
import { ignoredNames } from "./paths/withheld-names.ts";
import { judgeFileRules, judgeTaskRules, type TaskFacts, type TaskRuleJudgement } from "./rules/judge-file-rules.ts";
import { type ForeignFacts, judgeForeignRules } from "./rules/judge-foreign-rules.ts";
import { judgeRequestRules } from "./rules/judge-request-rules.ts";
import { judgeRules } from "./rules/judge-rules.ts";
import { printRule } from "./rules/print-rule.ts";
import type { KeptRule } from "./rules/rule.ts";

/** What a call is judged in. */
export interface Situation {
  readonly paths: PathContext;
  readonly isTrusted: boolean;
  readonly rules: readonly KeptRule[];
  readonly now: Date;
  /** Undefined where it cannot be loaded: then no command line is understood. */
  readonly parser: () => Promise<ShellParser | undefined>;
  /** Canonical paths of files that calls of this session have written. */
  readonly written: ReadonlySet<string>;
  /** This turn read what did not come from the workspace. */
  readonly hasReadUntrusted: boolean;
}

export interface ClassifiedCall {
  readonly facts: CallFacts;
  /** Lines of warning for the card. */
  readonly warnings: readonly string[];
  readonly command: CommandFacts | undefined;
  readonly task: TaskFacts | undefined;
  readonly foreign: ForeignFacts | undefined;
  /** The definition of the task or the tool when the user allowed it, where it is another one now. */
  readonly allowedDefinition: string | undefined;
  /** Why no rule allowed it although one comes near, in a sentence. */
  readonly nearest: string | undefined;
  /** The targets relative to their folder of the workspace, with `/`; `..` outside. */
  readonly ways: readonly string[];
}

/** Resolves and classifies a call. Throws a `ToolError`, which denies. */
export async function classifyCall(tool: string, call: PreparedCall, situation: Situation): Promise<ClassifiedCall> {
  const { effect } = call;
  const judged = await Promise.all(call.targets.map((target) => judgeTarget(target, effect, situation.paths)));
  const command = call.command === undefined ? undefined : await commandFacts(call.command, situation);
  const task = call.task === undefined ? undefined : taskFacts(call.task);
  const foreign = call.foreign && { tool, ...digested(call.foreign.definition) };
  const ways = await waysOf(judged, situation.paths);
  const { request } = call;
  const { verdict, nearest, allowedDefinition } = ruleVerdict({
    tool,
    ways,
    command,
    task,
    foreign,
    request,
    situation,
  });
  const isUnderstood = command === undefined || command.understanding.kind === "understood";
  return {
    facts: {
      tool,
      effect,
      isTrusted: situation.isTrusted,
      targets: judged.map(({ facts }) => facts),
      labels: labelsOf(call, { judged, command, situation }),
      rules: verdict,
      ...(request !== undefined && { request: { access: request.access, host: new URL(request.url).host } }),
      ...(isUnderstood ? {} : { problem: problemOf(command) }),
    },
    warnings: judged.flatMap(({ warnings }) => warnings),
    command,
    task,
    foreign,
    allowedDefinition,
    nearest,
    ways,
  };
}

function taskFacts({ label, definition }: NonNullable<PreparedCall["task"]>): TaskFacts {
  return { label, ...digested(definition) };
}

function digested(text: string): Pick<TaskFacts, "definition" | "text"> {
  return { definition: hash(text), text };
}

async function commandFacts(
  { line, cwd, shell }: NonNullable<PreparedCall["command"]>,
  { paths, parser }: Situation,
): Promise<CommandFacts> {
  const classify = (absolute: string, access?: "write") => classifyPath(absolute, paths, access);
  // The tables of programs are loaded with the first command line.
  const { classifyCommand } = await import("./commands/classify-command.ts");
  return classifyCommand(line, {
    parser: await parser(),
    shell,
    cwd,
    folders: await Promise.all(paths.folders().map((folder) => canonicalPath(folder))),
    home: paths.home,
    classifyPath: classify,
    lookBelow: (absolute, depth) =>
      lookBelow(absolute, {
        classifyPath: classify,
        ignoredNames: () => ignoredNames(paths),
        depth,
        mostEntries: 5000,
      }),
    readText: (absolute) => readFile(absolute, "utf8").catch(() => undefined),
  });
}

interface Judged {
  readonly judged: readonly JudgedTarget[];
  readonly command: CommandFacts | undefined;
  readonly situation: Situation;
}

function labelsOf(call: PreparedCall, { judged, command, situation }: Judged): readonly CallLabel[] {
  const made = [...(call.task?.files ?? []), ...(command?.script === undefined ? [] : [command.script.file])];
  const shown = [
    call.task?.label ?? "",
    call.command?.line ?? "",
    call.request?.url ?? "",
    ...call.targets.map(({ path }) => path),
  ];
  const labels: readonly (readonly [CallLabel, boolean])[] = [
    [text("network"), call.effect === "network"],
    [text("made by the assistant"), made.some((file) => situation.written.has(file))],
    [text("resolved by a command"), call.task?.isResolvedByCommand === true],
    [text("hidden characters"), shown.some((text) => findHiddenCharacters(text).length > 0)],
    [text("ignored files too"), call.includesIgnored === true],
    [text("tool of another extension"), call.isForeign === true],
    [text("untrusted content read"), situation.hasReadUntrusted],
  ];
  return [
    ...new Set([
      ...judged.flatMap((target) => target.labels),
      ...(command?.labels ?? []),
      ...labels.flatMap(([label, applies]) => (applies ? [label] : [])),
    ]),
  ];
}

function problemOf(command: CommandFacts | undefined): string {
  return command?.understanding.kind === "not-understood" ? `${command.understanding.reason}.` : "";
}

interface RuleQuestion {
  readonly tool: string;
  readonly ways: readonly string[];
  readonly command: CommandFacts | undefined;
  readonly task: TaskFacts | undefined;
  readonly foreign: ForeignFacts | undefined;
  readonly request: PreparedCall["request"];
  readonly situation: Situation;
}

interface RuleAnswer {
  readonly verdict: RuleVerdict;
  readonly nearest: string | undefined;
  readonly allowedDefinition?: string | undefined;
}

function ruleVerdict({ tool, ways, command, task, foreign, request, situation }: RuleQuestion): RuleAnswer {
  const { rules, now } = situation;
  if (request !== undefined) return answer(judgeRequestRules(rules, { tool, request, now }));
  if (command !== undefined) return commandVerdict(command, situation);
  if (task !== undefined) {
    return unlessChanged(t("The task"), judgeTaskRules(rules, { task, now }));
  }
  if (foreign !== undefined) return unlessChanged(t("The tool"), judgeForeignRules(rules, { foreign, now }));
  return answer(judgeFileRules(rules, { tool, paths: ways, now }));
}

function unlessChanged(what: string, found: TaskRuleJudgement): RuleAnswer {
  if (found.kind !== "changed") return answer(found);
  const nearest = t("{0} has changed since you allowed it: {1}", what, print(found.rules));
  return { verdict: { kind: "none" }, nearest, allowedDefinition: found.rules[0]?.definition };
}

async function waysOf(judged: readonly JudgedTarget[], { folders, platform }: PathContext): Promise<readonly string[]> {
  const canonical = await Promise.all(folders().map((folder) => canonicalPath(folder)));
  return judged.map(({ facts }) => wayIn(facts.canonical, canonical, platform));
}

function commandVerdict(command: CommandFacts, { rules, now }: Situation): RuleAnswer {
  const found = judgeRules(rules, command, now);
  switch (found.kind) {
    case "allow":
      return answer(found);
    case "deny":
      return answer({ kind: "deny", rules: [found.rule] });
    case "ask":
      if (found.rule?.rule.effect === "ask") return answer({ kind: "ask", rules: [found.rule] });
      return { verdict: { kind: "none" }, nearest: nearestText(found.reason, found.rule) };
  }
}

function nearestText(reason: string, rule: KeptRule | undefined): string {
  return rule === undefined ? reason : t("{0} The rule: {1}", reason, print([rule]));
}

function answer(found: { readonly kind: RuleVerdict["kind"]; readonly rules?: readonly KeptRule[] }): RuleAnswer {
  if (found.kind === "none") return { verdict: { kind: "none" }, nearest: undefined };
  return { verdict: { kind: found.kind, rule: print(found.rules ?? []) }, nearest: undefined };
}

function print(rules: readonly KeptRule[]): string {
  return rules.map(({ rule }) => printRule(rule)).join("; ");
}

/** Relative to the folder that holds it, with `/`; begins with `..` outside. */
function wayIn(canonical: string, folders: readonly string[], platform: NodeJS.Platform): string {
  const ways = folders.flatMap((folder) => wayInside(folder, canonical, platform) ?? []);
  return (
    ways
      .toSorted((one, other) => one.length - other.length)[0]
      ?.split(sep)
      .join("/") ?? ".."
  );
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
