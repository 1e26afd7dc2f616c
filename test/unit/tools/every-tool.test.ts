import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { PreparedCall, Tool, ToolSuccess } from "../../../src/agent/tool.ts";
import { createForeignTools } from "../../../src/tools/foreign/create-foreign-tools.ts";
import { createHttpTool } from "../../../src/tools/http/create-http-tool.ts";
import { readHttpTools } from "../../../src/tools/http/http-tool-definition.ts";
import { IdempotencyKeys } from "../../../src/tools/http/idempotency-keys.ts";
import { TurnCache } from "../../../src/tools/http/turn-cache.ts";
import { RESULT_SIZE } from "../../../src/tools/result-size.ts";
import { SessionPrograms } from "../../../src/tools/running/session-programs.ts";
import { everyTool } from "../../support/every-tool.ts";
import { FakeForeignTools } from "../../support/fake-foreign-tools.ts";
import { answered, FakeLanguage, placeIn } from "../../support/fake-language.ts";
import { FakeRepositories } from "../../support/fake-repositories.ts";
import { exited, FakeTaskRunner, fakeTask } from "../../support/fake-task-runner.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { testGate } from "../../support/test-policy.ts";
import { writeTree } from "../../support/write-tree.ts";

type Input = Readonly<Record<string, unknown>>;

/** A call of each tool that works in the scene. A new tool needs one here. */
const examples: Readonly<Record<string, (scene: Scene) => Input>> = {
  list_files: () => ({ path: "src", maxResults: 1000 }),
  search_files: () => ({ pattern: "needle", path: "src", glob: "*.txt", maxResults: 200 }),
  read_file: () => ({ path: "src/long.txt", ranges: [{ startLine: 1, endLine: 9000 }] }),
  find_symbols: () => ({ query: "needle" }),
  find_references: () => ({ path: "src/long.txt", line: 1, symbol: "needle" }),
  get_definition: () => ({ path: "src/long.txt", line: 1, symbol: "needle" }),
  get_diagnostics: () => ({ severity: "error" }),
  get_changes: () => ({ kind: "diff", path: "src" }),
  edit_file: () => ({ path: "src/a.ts", edits: [{ old_text: "before", new_text: "after" }] }),
  write_file: () => ({ path: "src/long.txt", content: "all new" }),
  move_file: () => ({ from: "src/a.ts", to: "src/b.ts" }),
  delete_file: () => ({ path: "src/a.ts" }),
  run_task: () => ({ label: "build" }),
  run_tests: () => ({ label: "test" }),
  run_command: () => ({ command: "printf '%s\\n' $(seq 30000)", cwd: "src" }),
  get_output: ({ left }) => ({ id: left, wait_seconds: 1 }),
  ask_user: () => ({ question: "Which one?", options: [{ label: "This" }] }),
  update_plan: () => ({ items: [{ text: "Read the code", status: "done" }] }),
  get_shipments: () => ({ port: "Bergen" }),
  mcp_harbour_tide: () => ({ port: "Bergen" }),
};

interface Scene {
  readonly root: string;
  readonly tools: readonly Tool[];
  /** The id of a program that was left running. */
  readonly left: string;
}

const long = "needle in a line of text\n".repeat(9000);

/** The tools on a folder, with an editor, a server and an extension that all have much to say. */
async function openScene(test: TestContext): Promise<Scene> {
  const root = await temporaryFolder(test);
  const names = Array.from({ length: 900 }, (_, index) => [`src/${"long-".repeat(20)}${index}.md`, ""] as const);
  await writeTree(root, { "src/a.ts": "before\n", "src/long.txt": long, ...Object.fromEntries(names) });
  const file = join(root, "src/long.txt");
  const places = Array.from({ length: 9000 }, (_, index) => placeIn(file, index + 1));
  const symbols = places.map((place) => ({ name: "needle", kind: "function", container: "", depth: 0, place }));
  const patch = `diff --git a/src/long.txt b/src/long.txt\n--- a/src/long.txt\n+++ b/src/long.txt\n@@ -1 +1,9000 @@\n${long.replaceAll(/^/gmu, "+")}`;
  const running = new SessionPrograms();
  test.after(() => running.endAll());
  const program = running.start({
    ...{ name: "Watch", headSize: 16_000, tailSize: 31_000, headline: () => "It ended" },
    run: async (_, output) => output(long),
  });
  running.leave(program);
  const task = (label: string) => ({ task: fakeTask(label), prints: [long], result: exited(0) });
  const problem = { severity: "error", message: "m".repeat(100), column: 1, path: file } as const;
  const own = everyTool({
    ...{ running, workspace: fixedWorkspace([root]) },
    tasks: new FakeTaskRunner([task("build"), task("test")]),
    language: new FakeLanguage({ symbols: answered(...symbols), places: answered(...places) }),
    diagnostics: {
      all: () => places.map(({ line }) => ({ ...problem, line })),
      ofFile: async () => ({ diagnostics: [], certainty: "unanswered" }),
    },
    repositories: new FakeRepositories([{ root, patch }]),
    user: { ask: async () => ({ kind: "answer", chosen: [0], text: "x".repeat(100_000) }) },
  });
  const foreign = new FakeForeignTools("mcp_harbour_tide");
  foreign.answer = [{ kind: "text", text: long }];
  return { root, left: program.id, tools: [...own, httpTool(), ...createForeignTools(foreign)] };
}

function httpTool(): Tool {
  const input = { type: "object", properties: { port: { type: "string" } } };
  const url = "https://api.example.com/{port}";
  const { definitions } = readHttpTools([{ name: "get_shipments", description: "Lists.", input, url }]);
  const [definition] = definitions;
  assert.ok(definition);
  const headers = { "content-type": "text/plain" };
  return createHttpTool(definition, {
    client: { send: async () => ({ status: 200, statusText: "OK", headers, body: Buffer.from(long), isCut: false }) },
    findSecret: async () => undefined,
    keys: new IdempotencyKeys({ load: async () => undefined, save: async () => undefined }),
    cache: new TurnCache(),
  });
}

const { signal } = new AbortController();
/** The past of verbs that do not end in -ed. */
const irregular = ["Ran", "Got", "Read", "Wrote", "Found"];

for (const { name } of [...everyTool(), { name: "get_shipments" }, { name: "mcp_harbour_tide" }]) {
  describe(name, () => {
    it("says what it will do, does and did, has a time limit, shows what runs, and fits what the model gets", async (test) => {
      const scene = await openScene(test);
      const tool = scene.tools.find((each) => each.name === name);
      const example = examples[name]?.(scene);
      assert.ok(tool !== undefined && example !== undefined, `${name} needs an example in this file`);
      assert.match(tool.streamingTitle, /^[A-Z][a-z]+\b/);
      assert.doesNotMatch(tool.streamingTitle, /^\w+(?:ing|ed)\b/);

      const { proxy, revoke } = revocable(example);
      const call = await tool.prepare(proxy, signal);
      // From here on whoever looks at the input as it came fails: title, preview and run are made from what was parsed.
      revoke();

      assert.match(call.title, /^[A-Z][a-z]+ing\b/);
      assert.ok(call.timeoutMs > 0);
      assert.equal(Number.isFinite(call.timeoutMs), call.waitsForUser !== true, "only a person may take forever");
      if (call.effect !== "read") assertShown(call, example);
      const { title, content } = await runThroughGate(tool, call, scene);
      const [verb = ""] = title.split(/[ :]/u);
      assert.ok(irregular.includes(verb) || /^[A-Z][a-z]+ed$/u.test(verb), title);
      const size = content.reduce((total, { text = "" }) => total + text.length, 0);
      assert.ok(size > 0 && size <= RESULT_SIZE, `${size}`);
    });
  });
}

function assertShown({ subject: { question, details } }: PreparedCall, example: Input): void {
  assert.match(question, /\?$/);
  const shown = [question, ...details.map(({ value }) => value)].join("\n");
  for (const text of textsIn(example)) assert.ok(shown.includes(text), `${text} is not in\n${shown}`);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

async function runThroughGate({ name }: Tool, call: PreparedCall, { root }: Scene): Promise<ToolSuccess> {
  const gate = testGate({ folders: [root], ask: async () => ({ kind: "allow" }) });
  gate.beginTurn("t1");
  const verdict = await gate.authorize({ id: "c1", tool: name, input: {}, call, prepare: async () => call }, signal);
  assert.ok(verdict.kind === "allow", JSON.stringify(verdict));
  return verdict.run({ signal, output: () => undefined });
}

/** The same input, all of which throws when it is looked at after `revoke`. */
function revocable(input: Input) {
  const revokes: (() => void)[] = [];
  const wrap = <Value>(value: Value): Value => {
    if (typeof value !== "object" || value === null) return value;
    const inner = Array.isArray(value) ? value.map(wrap) : Object.fromEntries(Object.entries(value).map(wrapEntry));
    const { proxy, revoke } = Proxy.revocable(Object(inner), {});
    revokes.push(revoke);
    return proxy;
  };
  const wrapEntry = ([key, value]: [string, unknown]): [string, unknown] => [key, wrap(value)];
  const proxy = wrap(input);
  return {
    proxy,
    revoke: (): void => {
      for (const each of revokes) each();
    },
  };
}
