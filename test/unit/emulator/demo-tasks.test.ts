import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createDemoModel } from "../../../src/emulator/demo/demo-model.ts";
import { createInProcessHandler } from "../../../src/emulator/in-process-handler.ts";
import { converse, makeClient, textOf } from "./client.ts";
import { files, model, run, search, tools } from "./demo-scene.ts";
import { askOnce, holdConversation, type Tools, workspaceTools } from "./demo-workspace.ts";

describe("tasks", () => {
  const withTask = (run_task: Tools[string]): Tools => ({ ...workspaceTools(files), run_task });

  test("passing tests are reported with their numbers", () => {
    const pytest = withTask(() => 'Task "test" finished with exit code 0\n===== 12 passed in 0.1s =====');
    assert.equal(
      holdConversation(model(), "run the tests", pytest).at(-1)?.said,
      "Yes, the tests pass: `test` finished with exit code 0, 12 passed, 0 failed.",
    );
  });

  test("a task that a person skipped is acknowledged with the reason", () => {
    const denied = withTask(() => ({
      error: "The user skipped this call. Nothing was run or changed. The user says: not now",
    }));
    assert.equal(
      holdConversation(model(), "do the tests pass?", denied).at(-1)?.said,
      "You skipped `run_task`, so I cannot say whether the tests pass. You said: not now",
    );
  });

  test("a task of a near name is run when there is none of that name", () => {
    const near = withTask(({ label }) =>
      label === "npm: lint"
        ? 'Task "npm: lint" finished with exit code 2\nsrc/a.ts:1:1: warning no'
        : { error: 'There is no task "lint". The tasks are:\n- test (Workspace)\n- npm: lint (npm) eslint' },
    );
    const steps = holdConversation(model(), "run the lint task", near);
    assert.deepEqual(
      steps.flatMap(({ calls }) => calls),
      [run("lint"), run("npm: lint")],
    );
    assert.equal(
      steps.at(-1)?.said,
      "It failed: `npm: lint` finished with exit code 2. It printed:\n\n```text\nsrc/a.ts:1:1: warning no\n```",
    );
  });

  test("a task without an exit code is not called a success", () => {
    const late = withTask(
      () => 'Task "build" did not finish within 10 minutes and was ended. Its output until then:\nstep 1',
    );
    assert.equal(
      holdConversation(model(), "build", late).at(-1)?.said,
      "I do not know its result: the task `build` did not finish within 10 minutes and was ended. Its output until then.\n\n```text\nstep 1\n```",
    );
  });

  test("the tasks are listed", () => {
    assert.equal(
      holdConversation(model(), "which tasks are there?", tools).at(-1)?.said,
      "This workspace has these tasks:\n\n- `test`\n- `npm: lint`",
    );
  });

  test("without the tool it says so", () => {
    assert.equal(
      holdConversation(model(), "run the tests", workspaceTools(files)).at(-1)?.said,
      "There is no `run_task` tool in this chat, so I cannot run `test`.",
    );
  });
});

describe("changing", () => {
  const prompt = "change `base` to `first delay` in src/http/retry-delay.ts";

  test("with a tool for it, the file is edited", () => {
    const steps = holdConversation(model(), prompt, { ...tools, edit_file: () => "edited" });
    assert.deepEqual(steps, [
      {
        said: "I change `base` to `first delay` in `src/http/retry-delay.ts`.",
        calls: [
          {
            name: "edit_file",
            input: { path: "src/http/retry-delay.ts", edits: [{ old_text: "base", new_text: "first delay" }] },
          },
        ],
      },
      { said: "Done: in `src/http/retry-delay.ts`, `base` is now `first delay`.", calls: [] },
    ]);
  });

  test("without one, the change is shown and not claimed", () => {
    assert.equal(
      holdConversation(model(), prompt, tools).at(-1)?.said,
      "There is no tool to edit files in this chat, so nothing was changed. The change would be:\n\n```diff\n--- a/src/http/retry-delay.ts\n+++ b/src/http/retry-delay.ts\n@@ -1 +1 @@\n-const base = 100;\n+const first delay = 100;\n@@ -5 +5 @@\n-  return base * 2 ** attempt;\n+  return first delay * 2 ** attempt;\n```",
    );
  });
});

describe("acted-out trouble", () => {
  const once = (demo: ReturnType<typeof model>, text: string) =>
    askOnce(demo, [{ role: "user", content: [{ text }] }], []);

  test("throttling strikes twice, then the request is answered, and then it begins anew", () => {
    const demo = model();
    const throttled = [1, 2, 3, 4].map(() => once(demo, "show throttling").fault?.kind);
    assert.deepEqual(throttled, ["http-error", "http-error", undefined, "http-error"]);
  });

  test("a stream is dropped once", () => {
    const demo = model();
    assert.deepEqual(
      [1, 2].map(() => once(demo, "drop the stream").fault),
      [{ kind: "reset", afterEvents: 12 }, undefined],
    );
  });

  test("a slow tool is the workspace's slow task", () => {
    assert.deepEqual(holdConversation(model(), "slow tool", tools)[0]?.calls, [run("slow")]);
  });

  test("a search for the word is a search", () => {
    assert.deepEqual(holdConversation(model(), "where is throttling handled?", tools)[0]?.calls, [
      search("throttling"),
    ]);
  });

  test("a real client sees the throttling as Bedrock's", async () => {
    const client = makeClient({
      requestHandler: createInProcessHandler({
        responder: createDemoModel({ tokensPerSecond: Number.POSITIVE_INFINITY, firstByteDelayMs: 0 }),
      }),
    });
    await assert.rejects(converse(client, "show throttling"), { name: "ThrottlingException" });
    await assert.rejects(converse(client, "show throttling"), { name: "ThrottlingException" });
    assert.equal(
      textOf(await converse(client, "show throttling")),
      "The model was throttled twice (HTTP 429) and the third attempt was answered: this one.",
    );
  });
});

test("a failed call is understood with and without a status of its result", () => {
  const history = (text: string, status?: "error" | "success") => [
    { role: "user" as const, content: [{ text: "read a.png" }] },
    {
      role: "assistant" as const,
      content: [{ toolUse: { toolUseId: "read", name: "read_file", input: { path: "a.png" } } }],
    },
    {
      role: "user" as const,
      content: [{ toolResult: { toolUseId: "read", content: [{ text }], ...(status !== undefined && { status }) } }],
    },
  ];
  const failed = "`read_file` failed, so I cannot show `a.png`. It said:\n\n```text\nIt is a PNG image.\n```";
  const tried = [history("It is a PNG image.", "error"), history("Error: It is a PNG image.")];
  assert.deepEqual(
    tried.map((messages) => askOnce(model(), messages, ["read_file"]).text),
    [failed, failed],
  );
  assert.equal(
    askOnce(model(), history("Error: 1\tx", "success"), ["read_file"]).text,
    "`a.png` has no text to show:\n\n```text\nError: 1\tx\n```",
  );
});

test("after a stop, the new request is answered although results of stopped calls stand before it", () => {
  const reply = askOnce(
    model(),
    [
      { role: "user", content: [{ text: "run the tests" }] },
      {
        role: "assistant",
        content: [{ toolUse: { toolUseId: "stopped", name: "run_task", input: { label: "test" } } }],
      },
      {
        role: "user",
        content: [
          { toolResult: { toolUseId: "stopped", content: [{ text: "The user stopped it." }], status: "error" } },
          { text: "read README.md" },
        ],
      },
    ],
    ["read_file", "run_task"],
  );
  assert.deepEqual(
    [reply.text, reply.toolUses],
    ["Let me read `README.md`.", [{ name: "read_file", input: { path: "README.md" } }]],
  );
});
