import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { TasksJson } from "../../../src/headless/tasks-json.ts";
import { createRunTask } from "../../../src/tools/run-task.ts";
import type { WorkspaceTask } from "../../../src/tools/task-runner.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { untilGone } from "../../support/until-gone.ts";
import { writeTree } from "../../support/write-tree.ts";

type Definition = Readonly<Record<string, unknown>>;

/** A variable as tasks.json writes it. */
function variable(name: string): string {
  return `\${${name}}`;
}

async function open(context: TestContext, tasks: readonly Definition[]) {
  const root = await temporaryFolder(context);
  await writeTree(root, { ".vscode/tasks.json": JSON.stringify({ version: "2.0.0", tasks }), "sub/.keep": "" });
  const runner = new TasksJson(root);
  const find = async (label: string): Promise<WorkspaceTask> => {
    return (await runner.list()).find((task) => task.label === label) ?? assert.fail(`no task ${label}`);
  };
  const run = async (label: string, signal = new AbortController().signal) => {
    let output = "";
    const result = await runner.run(await find(label), signal, (text) => {
      output += text;
    });
    return { ...result, output };
  };
  return { root, runner, find, run };
}

test("A folder without tasks.json has no tasks", async (context) => {
  assert.deepEqual(await new TasksJson(await temporaryFolder(context)).list(), []);
});

test("Tasks are listed with all that will run, variables replaced", async (context) => {
  const { root, runner } = await open(context, [
    {
      label: "build",
      type: "process",
      command: "node",
      args: [`${variable("workspaceFolder")}/build.mjs`, "--name", variable("workspaceFolderBasename")],
      detail: "Builds it",
      options: { cwd: "sub", env: { MODE: "fast" } },
    },
    { label: "all", dependsOn: ["build"], dependsOrder: "sequence" },
    { type: "npm", script: "report" },
    { label: "contributed", type: "gulp", task: "x" },
  ]);

  const [build, all, npm, ...others] = await runner.list();

  assert.deepEqual(build, {
    label: "build",
    source: "Workspace",
    summary: "Builds it",
    details: [
      { label: "Type", value: "process" },
      { label: "Program", value: "node" },
      { label: "Argument", value: `${root}/build.mjs` },
      { label: "Argument", value: "--name" },
      { label: "Argument", value: root.split("/").at(-1) },
      { label: "Folder", value: join(root, "sub") },
      { label: "Environment", value: "MODE=fast" },
      { label: "Defined in", value: join(root, ".vscode/tasks.json") },
    ],
    files: [join(root, ".vscode/tasks.json")],
    isResolvedByCommand: false,
    isBackground: false,
  });
  assert.deepEqual(all?.details.slice(0, 4), [
    { label: "Defined in", value: join(root, ".vscode/tasks.json") },
    { label: "Runs first", value: "build" },
    { label: "build: Type", value: "process" },
    { label: "build: Program", value: "node" },
  ]);
  assert.equal(npm?.summary, "npm run report");
  assert.deepEqual(others, []);
});

test("A shell task gives its exit code and everything that it prints", async (context) => {
  const { run } = await open(context, [
    { label: "fails", type: "shell", command: "echo out; echo error >&2; exit 3" },
    { label: "words", type: "shell", command: "printf", args: ["%s,", "a b", { value: "$HOME", quoting: "strong" }] },
  ]);

  const fails = await run("fails");
  assert.deepEqual(fails.ending, { kind: "exited", exitCode: 3 });
  assert.deepEqual(fails.output.split("\n").toSorted(), ["", "error", "out"]);
  assert.equal((await run("words")).output, "a b,$HOME,");
});

test("A process task runs in its folder with its environment and without ours", async (context) => {
  const script = "console.log(JSON.stringify([process.cwd(), process.env.MODE, process.env.AWS_REGION ?? null]))";
  const { root, run } = await open(context, [
    {
      label: "where",
      type: "process",
      command: process.execPath,
      args: ["-e", script],
      options: { cwd: "sub", env: { MODE: "m" } },
    },
  ]);
  process.env["AWS_REGION"] = "eu-central-1";
  context.after(() => delete process.env["AWS_REGION"]);

  const { output, ending } = await run("where");

  assert.deepEqual(ending, { kind: "exited", exitCode: 0 });
  assert.deepEqual(JSON.parse(output), [join(root, "sub"), "m", null]);
});

test("Dependencies run first, in their order where it is asked for", async (context) => {
  const { run } = await open(context, [
    { label: "one", type: "shell", command: "sleep 0.2; echo one" },
    { label: "two", type: "shell", command: "echo two" },
    { label: "main", type: "shell", command: "echo main", dependsOn: ["one", "two"], dependsOrder: "sequence" },
    { label: "only", dependsOn: "two" },
  ]);

  assert.deepEqual(await run("main"), {
    ending: { kind: "exited", exitCode: 0 },
    outputSeen: true,
    diagnostics: [],
    output: "one\ntwo\nmain\n",
  });
  assert.deepEqual((await run("only")).ending, { kind: "ended" });
});

test("A dependency that fails stops what depends on it", async (context) => {
  const { root, run } = await open(context, [
    { label: "broken", type: "shell", command: "exit 2" },
    { label: "middle", type: "shell", command: "touch middle-ran", dependsOn: "broken" },
    { label: "main", type: "shell", command: "touch main-ran", dependsOn: ["middle"] },
  ]);

  assert.deepEqual((await run("main")).ending, { kind: "dependencyFailed", label: "broken", exitCode: 2 });
  await assert.rejects(stat(join(root, "middle-ran")), { code: "ENOENT" });
  await assert.rejects(stat(join(root, "main-ran")), { code: "ENOENT" });
});

test("What needs the editor is listed with the reason and does not run", async (context) => {
  const { run, find } = await open(context, [
    { label: "file", type: "shell", command: `cat ${variable("file")}` },
    { label: "loop", type: "shell", command: "x", dependsOn: "back" },
    { label: "back", type: "shell", command: "x", dependsOn: "loop" },
    { label: "watch", type: "shell", command: "x", isBackground: true },
    { label: "after", type: "shell", command: "x", dependsOn: "watch" },
  ]);

  assert.equal((await find("file")).summary, `${variable("file")} in tasks.json has no value without an editor.`);
  assert.equal((await find("loop")).summary, 'The task "loop" depends on itself: loop → back → loop.');
  assert.equal((await find("file")).obstacle, (await find("file")).summary);
  assert.equal((await find("watch")).obstacle, undefined);
  assert.match((await find("after")).summary, /^The task "watch", on which "after" depends, never ends/);
  await assert.rejects(run("file"), /^ToolError: The task "file" cannot run here: /);
});

test("A background task goes on, and the model is told that it ends with the run", async (context) => {
  const { runner } = await open(context, [
    { label: "watch", type: "shell", command: "echo ready; sleep 30", isBackground: true },
  ]);

  assert.match(
    (await runTool(createRunTask(runner), { label: "watch" })).text,
    /^Task "watch" is a background task and goes on running; it is ended with this run\. Read on with get_output \(id: [0-9a-f]{8}\)\. Its output so far:\nready$/,
  );
});

test("A program that is not there is a failure with its name", async (context) => {
  const { run } = await open(context, [{ label: "absent", type: "process", command: "./no-such-program" }]);

  await assert.rejects(run("absent"), /^ToolError: \.\/no-such-program could not be started in .*ENOENT/);
});

test("Cancelling ends the task and everything that it started, also what does not want to end", async (context) => {
  const child =
    "process.on('SIGTERM', () => {}); require('fs').writeFileSync('pid', String(process.pid)); console.log('ready'); setInterval(() => {}, 1000)";
  const { root, runner, find } = await open(context, [
    {
      label: "stubborn",
      type: "shell",
      command: { value: process.execPath, quoting: "strong" },
      args: ["-e", { value: child, quoting: "strong" }, "&", "wait"],
    },
  ]);
  const controller = new AbortController();
  const reason = new Error("stopped by the user");
  const run = runner.run(await find("stubborn"), controller.signal, (text) => {
    if (text.includes("ready")) controller.abort(reason);
  });

  await assert.rejects(run, reason);

  const processId = Number(await readFile(join(root, "pid"), "utf8"));
  await untilGone(processId);
});

test("What a task leaves behind is ended with it", async (context) => {
  const { root, run } = await open(context, [
    { label: "leaves", type: "shell", command: "sleep 100 & echo $! > pid; echo done" },
  ]);

  assert.deepEqual((await run("leaves")).output, "done\n");
  await untilGone(Number(await readFile(join(root, "pid"), "utf8")));
});
