import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setVariables } from "../support/set-variables.ts";
import { always, exists, taskScene, tasksFile, variable } from "./task-scene.ts";

describe("tasks", () => {
  it("F04 a task asks with everything that will run, its dependencies and where it is defined", async (test) => {
    setVariables(test, { SHELL: "/bin/bash" });
    const scene = await taskScene(
      test,
      { label: "prepare", type: "process", command: "node", args: ["-e", "0"] },
      {
        label: "build",
        type: "shell",
        command: "echo built > built; exit 0",
        options: { cwd: variable("workspaceFolder"), env: { MODE: "fast" } },
        dependsOn: "prepare",
      },
    );
    const { ws } = scene;
    const { verdict, everyTime, labels, request } = await scene.judge("run_task", { label: "build" });
    assert.deepEqual([verdict, everyTime, labels], ["ask 1", false, []]);
    const defined = join(ws, ".vscode/tasks.json");
    assert.deepEqual(request?.details, [
      { label: "Type", value: "shell (/bin/bash)" },
      { label: "Command line", value: "echo built > built; exit 0" },
      { label: "Folder", value: ws },
      { label: "Environment", value: "MODE=fast" },
      { label: "Defined in", value: defined },
      { label: "Runs first", value: "prepare" },
      { label: "prepare: Type", value: "process" },
      { label: "prepare: Program", value: "node" },
      { label: "prepare: Argument", value: "-e" },
      { label: "prepare: Argument", value: "0" },
      { label: "prepare: Folder", value: ws },
      { label: "prepare: Defined in", value: defined },
    ]);
    assert.equal(await exists(join(ws, "built")), false);
    const { text } = await scene.play("run_task", { label: "build" });
    assert.match(text, /^Task "build" finished with exit code 0\n/);
    assert.equal(await readFile(join(ws, "built"), "utf8"), "built\n");
  });

  it("F05 a rule for a task holds until the task changes; then it asks, with the difference", async (test) => {
    const scene = await taskScene(test, { label: "build", type: "shell", command: "echo one" });
    const input = { label: "build" };
    const first = await scene.play("run_task", input, always);
    assert.deepEqual(
      first.requests.map(({ offers }) => offers.map(({ label }) => label)),
      [['the task "build" as it is now']],
    );
    const again = await scene.play("run_task", input);
    assert.deepEqual([again.requests, again.text], [[], 'Task "build" finished with exit code 0\none']);
    assert.match(
      again.decisions[0]?.by ?? "",
      /^rule:allow run_task\("build" def=sha256:[0-9a-f]{64}\) until \d{4}-\d\d-\d\d$/,
    );
    await writeFile(
      join(scene.ws, ".vscode/tasks.json"),
      tasksFile([{ label: "build", type: "shell", command: "echo two" }]),
    );
    const { verdict, request } = await scene.judge("run_task", input);
    assert.equal(verdict, "ask 1");
    assert.match(request?.reason ?? "", /The task has changed since you allowed it: allow run_task\("build"/);
    const change = request?.details.find(({ label }) => label === "Changed since you allowed it");
    assert.equal(change?.format, "diff");
    assert.deepEqual(
      change?.value.split("\n").filter((line) => /^[+-]/.test(line)),
      ['-["Command line","echo one"]', '+["Command line","echo two"]'],
    );
  });

  it("F05 a secret in a task's environment is neither kept with the rule nor shown", async (test) => {
    const secret = "AKIAIOSFODNN7EXAMPLE";
    const task = { label: "up", type: "shell", command: "true", options: { env: { AWS_ACCESS_KEY_ID: secret } } };
    const scene = await taskScene(test, task);
    await scene.play("run_task", { label: "up" }, always);
    assert.deepEqual(JSON.stringify(scene.rules()).includes(secret), false);
    await writeFile(join(scene.ws, ".vscode/tasks.json"), tasksFile([{ ...task, command: "exit 0" }]));
    const { request } = await scene.judge("run_task", { label: "up" });
    assert.equal(JSON.stringify(request).includes(secret), false);
    const change = request?.details.find(({ label }) => label === "Changed since you allowed it");
    assert.deepEqual(
      change?.value.split("\n").filter((line) => /^[+-]/.test(line)),
      ['-["Command line","true"]', '+["Command line","exit 0"]'],
    );
  });

  it("F05 a change of a task that it depends on, of its environment or of its script counts as well", async (test) => {
    const shown = { label: "all", type: "npm", script: "all", options: { env: { A: "1" } }, dependsOn: "first" };
    const first = { label: "first", type: "shell", command: "true" };
    const scene = await taskScene(test, shown, first);
    const scripts = (all: string) => JSON.stringify({ scripts: { preall: "true", all } });
    await writeFile(join(scene.ws, "package.json"), scripts("true"));
    const verdict = async () => (await scene.judge("run_task", { label: "all" })).verdict;
    const change = (path: string, text: string) => writeFile(join(scene.ws, path), text);
    await scene.play("run_task", { label: "all" }, always);
    assert.equal((await scene.play("run_task", { label: "all" })).requests.length, 0);
    for (const [path, text, before] of [
      [".vscode/tasks.json", tasksFile([shown, { ...first, command: "false" }]), tasksFile([shown, first])],
      [".vscode/tasks.json", tasksFile([{ ...shown, options: { env: { A: "2" } } }, first]), tasksFile([shown, first])],
      ["package.json", scripts("exit 1"), scripts("true")],
      ["package.json", JSON.stringify({ scripts: { preall: "exit 1", all: "true" } }), scripts("true")],
    ] as const) {
      await change(path, text);
      assert.equal(await verdict(), "ask 1", text);
      await change(path, before);
      assert.equal((await scene.play("run_task", { label: "all" })).requests.length, 0, "as it was");
    }
  });

  it("F05 a task that changes while the user thinks is not run", async (test) => {
    const scene = await taskScene(test, { label: "build", type: "shell", command: "echo one > ran" });
    const { text, isError } = await scene.play("run_task", { label: "build" }, async () => {
      const changed = tasksFile([{ label: "build", type: "shell", command: "echo two > ran" }]);
      await writeFile(join(scene.ws, ".vscode/tasks.json"), changed);
      return { kind: "allow" };
    });
    assert.match(text, /^E_STALE /);
    assert.deepEqual([isError, await exists(join(scene.ws, "ran"))], [true, false]);
  });
});
