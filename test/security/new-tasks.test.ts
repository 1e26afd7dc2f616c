import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { NewTask } from "../../src/tools/task-runner.ts";
import { exited, FakeTaskRunner } from "../support/fake-task-runner.ts";
import { fileScene } from "./file-scene.ts";

async function open(test: TestContext) {
  const ran: NewTask[] = [];
  const runNew = async (task: NewTask) => {
    ran.push(task);
    return exited(0);
  };
  const scene = await fileScene(test, { tasks: () => Object.assign(new FakeTaskRunner([]), { runNew }) });
  return { ...scene, ran };
}

describe("a task that is made for one run", () => {
  it("is asked about as its command line is: what reaches the network in the dialog", async (test) => {
    const { play, ran } = await open(test);
    const local = await play("run_task", { create: { label: "look", command: "git status --short" } });
    const network = await play("run_task", {
      create: { label: "harmless", command: "curl", args: ["https://example.com/"] },
    });
    const outside = await play("run_task", { create: { label: "away", command: "ls", cwd: "/" } });
    assert.deepEqual(
      [local, network, outside].map(({ requests }) => requests.map(({ tier, labels }) => ({ tier, labels }))),
      [[{ tier: 1, labels: [] }], [{ tier: 2, labels: ["network"] }], [{ tier: 2, labels: ["outside workspace"] }]],
    );
    assert.deepEqual(
      ran.map(({ command, withHooks }) => [command.line, withHooks]),
      [
        ["git status --short", true],
        ["curl https://example.com/", true],
        ["ls", true],
      ],
    );
  });
});
