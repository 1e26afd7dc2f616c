import assert from "node:assert/strict";
import { lstat, mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { TestContext } from "node:test";

import type { PreparedCall, Tool } from "../../src/agent/tool.ts";
import { DiskFiles } from "../../src/headless/disk-files.ts";
import { DiskPlaces } from "../../src/headless/disk-places.ts";
import { OutputFiles } from "../../src/headless/output-files.ts";
import { ShellPrograms } from "../../src/headless/shell-programs.ts";
import type { DecisionEntry } from "../../src/policy/audit/audit-record.ts";
import type { TargetFacts } from "../../src/policy/call-facts.ts";
import { createPathContext, type PathContext } from "../../src/policy/paths/path-context.ts";
import { judgeTarget } from "../../src/policy/paths/target-facts.ts";
import type { ListedRule } from "../../src/policy/rules/rule-book.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import { createTools } from "../../src/tools/create-tools.ts";
import { SessionPrograms } from "../../src/tools/running/session-programs.ts";
import type { FindRipgrep } from "../../src/tools/search-files.ts";
import type { TaskRunner } from "../../src/tools/task-runner.ts";
import { FakeTaskRunner } from "../support/fake-task-runner.ts";
import { fixedWorkspace } from "../support/fixed-workspace.ts";
import { playTurn } from "../support/play-turn.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock, usage } from "../support/scripted-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { testPolicy } from "../support/test-policy.ts";

export interface Judgement {
  /** `allow`, `ask 1`, `ask 2` (a native modal), or `deny` and its code. */
  readonly verdict: string;
  /** No rule was offered with the question. */
  readonly everyTime: boolean;
  readonly labels: readonly string[];
  readonly targets: readonly TargetFacts[];
  readonly warnings: readonly string[];
  /** What the refusal says, or why the user is asked. */
  readonly message: string;
  /** Undefined where it was refused before it was prepared. */
  readonly call: PreparedCall | undefined;
  readonly request: ApprovalRequest | undefined;
}

/** What came of one call that the model made. */
export interface Played {
  /** The result as the model gets it. */
  readonly text: string;
  readonly isError: boolean;
  readonly requests: readonly ApprovalRequest[];
  readonly decisions: readonly DecisionEntry[];
}

export interface SceneOptions extends Partial<PathContext> {
  readonly rules?: readonly string[];
  readonly tasks?: (ws: string) => TaskRunner;
  /** Default: the slow engine. */
  readonly ripgrep?: FindRipgrep;
}

type Answer = (request: ApprovalRequest) => ApprovalDecision | Promise<ApprovalDecision>;

/** Throw-away folders: the workspace, what lies beside it, a home; and the product's tools and policy on them. */
export interface FileScene {
  readonly ws: string;
  readonly out: string;
  readonly home: string;
  readonly context: PathContext;
  /**
   * The model makes this call, and the user skips what is asked. Nothing on the disk is other than before while the user
   * is asked, nor after it was skipped or denied; and every verdict is in the audit log.
   */
  judge(tool: string, input: unknown): Promise<Judgement>;
  /** The model makes this call in a turn of its own; the user allows what is asked unless `answer` says otherwise. */
  play(tool: string, input: unknown, answer?: Answer): Promise<Played>;
  /** The rules in force. */
  rules(): readonly ListedRule[];
  /** Prepares; what is to happen before the run goes between. */
  prepare(tool: string, input: unknown): Promise<PreparedCall>;
}

export async function fileScene(test: TestContext, options: SceneOptions = {}): Promise<FileScene> {
  const { rules = [], tasks = () => new FakeTaskRunner([]), ripgrep = async () => undefined, ...changes } = options;
  const root = await temporaryFolder(test);
  const [ws, out, home] = [join(root, "ws"), join(root, "out"), join(root, "home")];
  for (const folder of [ws, out, home]) await mkdir(folder);
  const outputs = join(root, "outputs");
  const context = createPathContext({ folders: () => [ws], home, readableFolders: [outputs], ...changes });
  const { policy, entries } = testPolicy({ paths: context, rules, outputs });
  const tools = createTools({
    workspace: fixedWorkspace(context.folders()),
    ripgrep,
    tasks: tasks(ws),
    files: new DiskFiles(),
    places: new DiskPlaces(join(root, "deleted")),
    programs: new ShellPrograms(),
    running: new SessionPrograms(new OutputFiles(outputs, () => policy.files.maskStream()).open),
    guard: policy.files,
  });
  let answer: Answer = () => ({ kind: "allow" });
  const requests: ApprovalRequest[] = [];
  const gate = policy.createGate(
    async (request) => {
      requests.push(request);
      return answer(request);
    },
    () => undefined,
  );
  let turns = 0;
  const play = async (name: string, input: unknown, given: Answer = () => ({ kind: "allow" })): Promise<Played> => {
    answer = given;
    requests.length = 0;
    entries.length = 0;
    gate.beginTurn(`turn-${++turns}`);
    const model = new ScriptedModel(
      [...toolBlock(0, `use-${turns}`, name, JSON.stringify(input)), messageStop("tool_use"), usage(1, 1)],
      [...textBlock(0, "Done."), messageStop("end_turn"), usage(1, 1)],
    );
    const { messages } = await playTurn({ model, tools, gate });
    const [result] = messages.flatMap(({ content = [] }) => content.flatMap(({ toolResult }) => toolResult ?? []));
    assert.ok(result !== undefined, "the model was told");
    return {
      text: (result.content ?? []).map(({ text = "" }) => text).join("\n"),
      isError: result.status === "error",
      requests: [...requests],
      decisions: entries.filter((entry) => entry.event === "decision"),
    };
  };
  const prepare = async (name: string, input: unknown): Promise<PreparedCall> =>
    findTool(tools, name).prepare(input, signal);
  const judge = async (name: string, input: unknown): Promise<Judgement> => {
    const call = await prepare(name, input).catch(() => undefined);
    const targets = await targetsOf(call, context);
    const before = await treeOf(root);
    const played = await play(name, input, async () => {
      assert.deepEqual(await treeOf(root), before, "nothing happens before the answer");
      return { kind: "skip", feedback: "" };
    });
    assert.deepEqual(await treeOf(root), before, "nothing has happened");
    return { ...toJudgement(played, targets), call, targets };
  };
  return { ws, out, home, context, play, prepare, judge, rules: () => policy.rules.list() };
}

const { signal } = new AbortController();

function findTool(tools: readonly Tool[], name: string): Tool {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw new Error(`no tool ${name} in ${basename(import.meta.filename)}`);
  return tool;
}

/** Runs a prepared call as if it had been let; answers with the result's text. */
export async function run(
  call: PreparedCall,
  { signal = new AbortController().signal, output = (_text: string): void => undefined } = {},
): Promise<string> {
  const { content } = await call.run({ signal, output });
  return content.map(({ text = "" }) => text).join("\n");
}

/** As the policy resolves and classifies them; none where they are refused. */
async function targetsOf(call: PreparedCall | undefined, context: PathContext): Promise<readonly TargetFacts[]> {
  if (call === undefined) return [];
  const judged = call.targets.map((target) => judgeTarget(target, call.effect, context));
  return Promise.all(judged).then(
    (targets) => targets.map(({ facts }) => facts),
    () => [],
  );
}

function toJudgement(
  { text, isError, requests, decisions }: Played,
  targets: readonly TargetFacts[],
): Omit<Judgement, "call" | "targets"> {
  const [request, ...others] = requests;
  const [first] = decisions;
  const kinds = decisions.map(({ decision }) => decision);
  if (request !== undefined) {
    assert.deepEqual([others, kinds, isError], [[], ["ask", "deny"], true], "one question, both ends recorded");
    assert.deepEqual(
      first?.targets.slice(0, targets.length),
      targets.map(({ canonical }) => canonical),
    );
    const { tier, labels, warnings, reason, offers } = request;
    return { verdict: `ask ${tier}`, everyTime: offers.length === 0, labels, warnings, message: reason, request };
  }
  assert.deepEqual(kinds.length, 1, `one record: ${text}`);
  const [code = ""] = /^E_[A-Z_]+/.exec(text) ?? [];
  const verdict = first?.decision === "deny" ? `deny ${code}` : "allow";
  if (first?.decision === "deny") assert.equal(isError, true);
  const { labels = [] } = first ?? {};
  return { verdict, everyTime: false, labels, warnings: [], message: verdict === "allow" ? "" : text, request };
}

/** Every entry below a folder, so that any change shows. */
async function treeOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return Promise.all(
    entries.sort().map(async (entry) => {
      const stats = await lstat(join(folder, entry), { bigint: true }).catch(() => undefined);
      return `${entry} ${stats?.ino} ${stats?.size} ${stats?.mtimeNs} ${stats?.mode}`;
    }),
  );
}
