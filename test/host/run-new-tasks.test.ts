import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as vscode from "vscode";
import { ShellPrograms } from "../../src/headless/shell-programs.ts";
import { createGetOutput } from "../../src/tools/get-output.ts";
import { createRunTask } from "../../src/tools/run-task.ts";
import { createRunTests } from "../../src/tools/run-tests.ts";
import { SessionPrograms } from "../../src/tools/running/session-programs.ts";
import { EditorTasks } from "../../src/vscode/editor-tasks.ts";
import { openFolders } from "../../src/vscode/editor-workspace.ts";
import { fixedWorkspace } from "../support/fixed-workspace.ts";
import { runTool } from "../support/run-tool.ts";
import { untilListed } from "../support/vscode/further-tasks.ts";

const pattern = { regexp: "^(.+):(\\d+): (.+)$", file: 1, line: 2, message: 3 };
const watching = {
  label: "host: compiling",
  type: "shell",
  // The first round is quiet for longer than a watcher without a pattern would be waited for.
  command: "echo round begins; echo README.md:2: too short; sleep 4; echo round ends; read -t 30; echo more; sleep 60",
  isBackground: true,
  problemMatcher: {
    owner: "host-compiling",
    source: "compiling",
    fileLocation: "relative",
    pattern,
    background: { activeOnStart: true, beginsPattern: "^round begins$", endsPattern: "^round ends$" },
  },
};
const checking = {
  label: "host: checking",
  type: "shell",
  command: "echo README.md:3: too long",
  problemMatcher: { owner: "host-checking", source: "checking", fileLocation: "relative", pattern },
};
const checkedFirst = {
  label: "host: checked first",
  type: "shell",
  command: "echo done",
  dependsOn: ["host: checking"],
  problemMatcher: [],
};

let root = "";
let original = "";
let running: SessionPrograms;
let tasks: EditorTasks;

before(async () => {
  root = openFolders()[0]?.path ?? assert.fail("no folder is open");
  original = await readFile(join(root, ".vscode", "tasks.json"), "utf8");
  const { tasks: known } = JSON.parse(original);
  await writeFile(
    join(root, ".vscode", "tasks.json"),
    JSON.stringify({ version: "2.0.0", tasks: [...known, watching, checking, checkedFirst] }),
  );
  running = new SessionPrograms();
  tasks = new EditorTasks(async () => ({ PATH: process.env["PATH"] ?? "", GIVEN: "yes" }));
  await untilListed("host: checked first");
});

after(async () => {
  await running.endAll();
  await writeFile(join(root, ".vscode", "tasks.json"), original);
});

function runTask() {
  return createRunTask(tasks, {
    running,
    creation: { workspace: fixedWorkspace([root]), programs: new ShellPrograms() },
  });
}

test("A background task with a ready pattern is waited for until its round is done, with its problems; get_output reads on", async () => {
  const { text, title } = await runTool(runTask(), { label: "host: compiling" });

  assert.equal(title, 'Started task "host: compiling", it goes on running');
  assert.match(
    text,
    /goes on running, its first round is done; it ends with this chat, and the user can end it in its terminal\./,
  );
  assert.match(text, /round begins\nREADME\.md:2: too short\nround ends/);
  assert.match(text, /Problems that the task reported \(1\):\nREADME\.md:2: error: too short \(compiling\)$/);
  const id = /get_output \(id: ([0-9a-f]+)\)/.exec(text)?.[1] ?? assert.fail(text);
  const terminal = vscode.window.terminals.find(({ name }) => name.includes("host: compiling"));
  const more = runTool(createGetOutput(running), { id, wait_seconds: 30, tail_lines: 1 });
  terminal?.sendText("");
  assert.match((await more).text, /^Task "host: compiling" goes on running \(for \d+ seconds so far\)\nmore$/);
  await running.endAll();
  assert.match((await runTool(createGetOutput(running), { id })).text, /^Task "host: compiling" was ended\n/);
  assert.deepEqual(
    vscode.tasks.taskExecutions.map(({ task }) => task.name),
    [],
  );
});

test("A task that is made for one run is asked about as the command line that it is, and leaves tasks.json alone", async () => {
  const file = await readFile(join(root, ".vscode", "tasks.json"), "utf8");
  const create = {
    label: "count words",
    command: "node",
    args: ["-e", 'console.log("it\'s", process.env.GIVEN, process.env.HOME); console.log("done"); process.exit(4)'],
  };
  const { call, title, exitCode, text } = await runTool(runTask(), { create });

  assert.equal(
    call.command?.line,
    `node -e 'console.log("it'\\''s", process.env.GIVEN, process.env.HOME); console.log("done"); process.exit(4)'`,
  );
  assert.deepEqual(
    [call.effect, call.task, call.subject.question],
    ["execute", undefined, 'Run new task "count words" once?'],
  );
  assert.deepEqual([title, exitCode], ['Ran task "count words", exit code 4', 4]);
  assert.equal(text, 'Task "count words" finished with exit code 4\nit\'s yes undefined\ndone');
  assert.equal(await readFile(join(root, ".vscode", "tasks.json"), "utf8"), file);
});

test("A task that is made for one run reports what its problem matchers find", async () => {
  // $tsc leaves files that an editor has open to TypeScript's own diagnostics: nobody opens this one.
  const line = "src/never-opened.ts(2,1): error TS1000: made for a test";
  const create = { label: "compile", command: `echo '${line}'; exit 1`, problemMatcher: ["$tsc"] };
  const { text } = await runTool(runTask(), { create });

  assert.match(text, /^Task "compile" finished with exit code 1\n/);
  assert.match(text, /Problems that the task reported \(1\):\nsrc\/never-opened\.ts:2: error: made for a test/);
});

test("What a language finds under the source of a problem matcher is not what the task reported", async (context) => {
  const collection = vscode.languages.createDiagnosticCollection("host-language");
  context.after(() => collection.dispose());
  const range = new vscode.Range(0, 0, 0, 1);
  const diagnostics = ["never printed", "printed\nwith more"].map((message) => {
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    return Object.assign(diagnostic, { source: "ts" });
  });
  collection.set(vscode.Uri.file(join(root, "src", "round.ts")), diagnostics);
  const create = { label: "compile", command: "echo 'src/round.ts: printed'", problemMatcher: ["$tsc"] };
  const { text } = await runTool(runTask(), { create });

  assert.match(text, /\n\nProblems that the task reported \(1\):\nsrc\/round\.ts:1: error: printed\nwith more \(ts\)$/);
});

test("A task reports what the problem matchers of the tasks before it find", async () => {
  const { text } = await runTool(runTask(), { label: "host: checked first" });

  assert.match(text, /^Task "host: checked first" finished with exit code 0\n/);
  assert.match(text, /Problems that the task reported \(1\):\nREADME\.md:3: error: too long \(checking\)$/);
});

test("Stop ends a task that is made for one run", async () => {
  const stop = new AbortController();
  const call = await runTask().prepare({ create: { label: "sleep", command: "echo on; sleep 300" } }, stop.signal);
  const reason = new Error("stopped");
  await assert.rejects(call.run({ signal: stop.signal, output: () => stop.abort(reason) }), reason);
  assert.deepEqual(
    vscode.tasks.taskExecutions.map(({ task }) => task.name),
    [],
  );
});

test("run_tests runs the default test task of the project", async () => {
  const { call, title, text } = await runTool(createRunTests(tasks, { running }), {});

  assert.equal(call.subject.question, 'Run task "test"?');
  assert.equal(title, 'Ran task "test", exit code 1');
  assert.match(text, /fail 1\b/);
  await rm(join(root, "build"), { recursive: true, force: true });
});
