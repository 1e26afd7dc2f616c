import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { describeVariables, type TaskValues } from "../../src/vscode/task-inputs.ts";
import { fakeTask } from "../support/fake-task-runner.ts";
import { writeTree } from "../support/write-tree.ts";
import { always, exists, listedScene, taskScene, tasksFile, variable } from "./task-scene.ts";

describe("tasks that are more than ordinary", () => {
  it("F06 without an editor what only an editor can put in is refused; what has a value is shown with it", async (test) => {
    const scene = await taskScene(
      test,
      { label: "known", type: "process", command: "echo", args: [variable("workspaceFolderBasename")] },
      ...["input:x", "config:editor.tabSize", "command:a.b", "file"].map((name) => ({
        ...{ label: name, type: "shell", command: `echo ${variable(name)} > ran` },
      })),
      { label: "above", type: "shell", command: "true", dependsOn: "command:a.b" },
    );
    const { request } = await scene.judge("run_task", { label: "known" });
    assert.deepEqual(request?.details[2], { label: "Argument", value: "ws" });
    for (const label of ["input:x", "config:editor.tabSize", "command:a.b", "file", "above"]) {
      const { requests, text, isError } = await scene.play("run_task", { label });
      assert.deepEqual([requests, isError], [[], true], label);
      assert.match(text, /cannot run here: .* has no value without an editor\. Nothing was run\.$/);
    }
    assert.equal(await exists(join(scene.ws, "ran")), false);
  });

  it("F06 in the editor every variable is shown with its value or with who gives it", () => {
    const values: TaskValues = {
      inputs: [
        { id: "env", type: "pickString", description: "Where to?", options: ["test", "live"], default: "test" },
        { id: "pid", type: "command", command: "extension.pickProcess" },
      ],
      setting: (name) => (name === "editor.tabSize" ? "2" : undefined),
      environment: (name) => (name === "STAGE" ? "local" : undefined),
      folder: "/ws",
    };
    const names = ["input:env", "config:editor.tabSize", "config:none", "env:STAGE", "workspaceFolder", "input:gone"];
    assert.deepEqual(describeVariables([names.map(variable).join(" "), variable("input:env")], values), {
      details: [
        `input:env} = what you answer when the editor asks "Where to?" (one of test, live; default test)`,
        "config:editor.tabSize} = 2",
        "config:none} = (no such setting)",
        "env:STAGE} = local",
        "workspaceFolder} = /ws",
        "input:gone} = (no such input)",
      ].map((value) => ({ label: "Variable", value: `\${${value}` })),
      isResolvedByCommand: false,
    });
    for (const name of ["command:workbench.action.terminal.kill", "input:pid"]) {
      assert.equal(describeVariables(["echo", variable(name)], values).isResolvedByCommand, true, name);
    }
  });

  it("F06 a task that a command completes asks in a modal every time, and no rule lets it", async (test) => {
    const scene = await listedScene(test, fakeTask("attach", { isResolvedByCommand: true }));
    const { verdict, everyTime, labels } = await scene.judge("run_task", { label: "attach" });
    assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["resolved by a command"]]);
  });

  it("F07 a label that no task has, or that holds what cannot be seen, is refused", async (test) => {
    const scene = await taskScene(
      test,
      { label: "build", type: "shell", command: "true" },
      { label: "a\u202eb", type: "shell", command: "true" },
    );
    for (const label of ["deploy", "build\n", "bu\u200bild", "a\u202eb", "build\u0007"]) {
      assert.equal((await scene.judge("run_task", { label })).verdict, "deny E_SCHEMA", JSON.stringify(label));
    }
    const { text } = await scene.play("run_task", {});
    assert.equal(text, "- build (Workspace) true\n- a⟦U+202E⟧b (Workspace) true");
  });

  it("F07 of two tasks with one label none is picked: both are listed, and each asks with what it runs", async (test) => {
    const scene = await taskScene(
      test,
      { label: "build", type: "shell", command: "echo harmless" },
      { label: "build", type: "shell", command: "echo other" },
      { label: "all", type: "shell", command: "true", dependsOn: "build" },
    );
    const { verdict, message } = await scene.judge("run_task", { label: "build" });
    assert.equal(verdict, "deny E_SCHEMA");
    assert.match(message, /- build \(1\) \(Workspace\) echo harmless\n- build \(2\) \(Workspace\) echo other$/);
    const { request } = await scene.judge("run_task", { label: "build (2)" });
    assert.deepEqual(request?.details[1], { label: "Command line", value: "echo other" });
    assert.match((await scene.play("run_task", { label: "all" })).text, /tasks\.json has several tasks "build"/);
  });

  it("F08 a task that the assistant wrote asks in a modal, and says so, whatever the rules are", async (test) => {
    const scene = await taskScene(test, { label: "build", type: "shell", command: "echo one" });
    await scene.play("run_task", { label: "build" }, always);
    const content = tasksFile([{ label: "build", type: "shell", command: "echo one" }]);
    const written = await scene.play("write_file", { path: ".vscode/tasks.json", content: `${content}\n` });
    assert.deepEqual([written.isError, written.requests.map(({ tier }) => tier)], [false, [2]]);
    const { verdict, everyTime, labels } = await scene.judge("run_task", { label: "build" });
    assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["made by the assistant"]]);
  });

  it("F08 the same holds for a script of package.json, reached through a link as well", async (test) => {
    const scene = await taskScene(test, { type: "npm", script: "go", path: "app" });
    await writeTree(scene.ws, { "app/package.json": '{"scripts":{"go":"true"}}' });
    assert.deepEqual((await scene.judge("run_task", { label: "npm: go" })).labels, []);
    const input = { path: "app/package.json", old_text: '"true"', new_text: '"echo mine"' };
    assert.equal((await scene.play("edit_file", input)).isError, false);
    const { verdict, labels, request } = await scene.judge("run_task", { label: "npm: go" });
    assert.deepEqual([verdict, labels], ["ask 2", ["made by the assistant"]]);
    assert.ok(request?.details.some(({ label, value }) => label === "Script" && value === "echo mine"));
  });

  it("F08 the same holds where a command wrote it", async (test) => {
    const scene = await taskScene(test, { label: "build", type: "shell", command: "echo one" });
    const content = tasksFile([{ label: "build", type: "shell", command: "echo mine" }]);
    const command = `printf '%s' '${content.replaceAll("%", "%%")}' > .vscode/tasks.json`;
    const written = await scene.play("run_command", { command });
    assert.deepEqual([written.isError, written.requests.map(({ tier }) => tier)], [false, [2]]);
    const { verdict, labels } = await scene.judge("run_task", { label: "build" });
    assert.deepEqual([verdict, labels], ["ask 2", ["made by the assistant"]]);
  });

  it("F10 a task of another extension asks, with that extension's id", async (test) => {
    const details = [
      { label: "Type", value: "gulp" },
      { label: "Provided by the extension", value: "vscode.gulp" },
    ];
    const scene = await listedScene(test, fakeTask("gulp: all", { source: "gulp", details }));
    const { verdict, request } = await scene.judge("run_task", { label: "gulp: all" });
    assert.deepEqual([verdict, request?.details], ["ask 1", details]);
  });
});
