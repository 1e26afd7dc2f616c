import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createDemoModel, demoModelId } from "../../../src/emulator/demo/demo-model.ts";
import { createInProcessHandler } from "../../../src/emulator/in-process-handler.ts";
import { converse, makeClient, textOf } from "./client.ts";
import { askOnce, holdConversation, type Tools, workspaceTools } from "./demo-workspace.ts";

const files = {
  "README.md": "# Parcel notifier\n\nTells people where their parcel is.\n\nThe retry delay doubles.\n\n## Setup\n",
  "package.json": '{"name":"parcel","version":"1.2.0","scripts":{"test":"node --test"},"dependencies":{"zod":"4"}}',
  "src/http/client.ts":
    'import { retryDelayMilliseconds } from "./retry-delay.ts";\n\nawait sleep(retryDelayMilliseconds(attempt));',
  "src/http/retry-delay.ts":
    "const base = 100;\n\n/** How long to wait. */\nexport function retryDelayMilliseconds(attempt: number): number {\n  return base * 2 ** attempt;\n}\n",
};
const failingRun = `Task "test" finished with exit code 1
✔ finds a parcel (0.8ms)
✖ delivers on the last day (2.3ms)
ℹ tests 12
ℹ pass 11
ℹ fail 1

✖ failing tests:

✖ delivers on the last day (2.3ms)
  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:`;
const tools: Tools = {
  ...workspaceTools(files),
  run_task: ({ label }) => (label === undefined ? "- test (Workspace) node --test\n- npm: lint (npm)" : failingRun),
};
const search = (pattern: string, regex = true) => ({
  name: "search_files",
  input: { pattern, regex, caseSensitive: false, maxResults: 50 },
});
const read = (path: string, startLine: number, endLine: number) => ({
  name: "read_file",
  input: { path, startLine, endLine },
});
const run = (label: string) => ({ name: "run_task", input: { label } });
const model = () => createDemoModel();

test("the question of the first picture is searched, read, run, and answered from the results", () => {
  assert.deepEqual(holdConversation(model(), "where is the retry delay computed, and do the tests pass?", tools), [
    { said: "Let me look for “retry delay” in the workspace.", calls: [search("retry[-_. ]?delay")] },
    {
      said: "Best match: `src/http/retry-delay.ts:4`. Let me read around it.",
      calls: [read("src/http/retry-delay.ts", 1, 28)],
    },
    { said: "Now I run the `test` task.", calls: [run("test")] },
    {
      said: `The retry delay is computed in \`src/http/retry-delay.ts:4\`, in \`retryDelayMilliseconds\`:

\`\`\`ts
/** How long to wait. */
export function retryDelayMilliseconds(attempt: number): number {
  return base * 2 ** attempt;
}
\`\`\`

The search found 4 results in 3 files; others: \`README.md:5\`, \`src/http/client.ts:1\`, \`src/http/client.ts:3\`.

No, the tests do not pass: \`test\` finished with exit code 1, 11 passed, 1 failed. Failing:

- delivers on the last day

\`\`\`text
  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:
\`\`\``,
      calls: [],
    },
  ]);
});

test("the same conversation always gets the same reply", () => {
  const prompt = "what is this project and find `base`";
  assert.deepEqual(holdConversation(model(), prompt, tools), holdConversation(model(), prompt, tools));
});

test("independent reads are asked for in one message", () => {
  const [first] = holdConversation(model(), "find frobnicator, read package.json and what is this project?", tools);
  assert.deepEqual(first?.calls, [
    search("frobnicator"),
    { name: "read_file", input: { path: "package.json" } },
    { name: "read_file", input: { path: "README.md" } },
  ]);
});

test("the first step carries reasoning that names the plan", () => {
  const reply = askOnce(
    model(),
    [{ role: "user", content: [{ text: "read README.md and run the tests" }] }],
    ["read_file", "run_task"],
  );
  assert.deepEqual(reply.reasoning, {
    text: "2 things to do: read README.md; run the task test and report its exit code. Reading comes first, then what runs or changes something.",
  });
  assert.deepEqual([reply.tokensPerSecond, reply.firstByteDelayMs], [40, 300]);
});

test("a search without results is widened and then given up with advice", () => {
  const steps = holdConversation(model(), "find the flux capacitor", tools);
  assert.deepEqual(
    steps.flatMap(({ calls }) => calls),
    [search("flux[-_. ]?capacitor"), search("flux.*capacitor|capacitor.*flux"), search("capacitor"), search("flux")],
  );
  assert.equal(
    steps.at(-1)?.said,
    "I found nothing for the flux capacitor. I tried `flux[-_. ]?capacitor`, `flux.*capacitor|capacitor.*flux`, `capacitor`, `flux`. An exact name in backticks, or another word from the code, may help.",
  );
});

test("a search that was tried in one form only names that form once", () => {
  for (const prompt of ["find frobnicator", "find `frobnicator` and `frobnicator`"]) {
    assert.equal(
      holdConversation(model(), prompt, tools).at(-1)?.said,
      "I found nothing for `frobnicator`. An exact name in backticks, or another word from the code, may help.",
    );
  }
});

test("uses are found rather than the definition when they are asked for", () => {
  const steps = holdConversation(model(), "where is retryDelayMilliseconds used?", tools);
  assert.deepEqual(
    steps.flatMap(({ calls }) => calls),
    [search("retryDelayMilliseconds", false), read("src/http/client.ts", 1, 27)],
  );
});

test("the project is described from its README and manifest", () => {
  assert.equal(
    holdConversation(model(), "What is this project?", tools).at(-1)?.said,
    "According to `README.md` this is **Parcel notifier**: Tells people where their parcel is.\n\nIts README goes on with “Setup”.\n\n`package.json` names it `parcel` 1.2.0, with 1 dependency and 0 for development.\n\nIts scripts:\n- `npm run test`: `node --test`",
  );
});

describe("reading", () => {
  test("lines of a file are shown with their place", () => {
    assert.deepEqual(holdConversation(model(), "show me src/http/retry-delay.ts lines 1-2", tools), [
      { said: "Let me read `src/http/retry-delay.ts`.", calls: [read("src/http/retry-delay.ts", 1, 2)] },
      { said: "`src/http/retry-delay.ts`, lines 1 to 2 of 7:\n\n```ts\nconst base = 100;\n```", calls: [] },
    ]);
  });

  test("a file that is elsewhere is looked for by name", () => {
    const steps = holdConversation(model(), "open client.ts", tools);
    assert.deepEqual(
      steps.flatMap(({ calls }) => calls),
      [
        { name: "read_file", input: { path: "client.ts" } },
        { name: "search_files", input: { pattern: ".", regex: true, glob: "**/client.ts", maxResults: 5 } },
        { name: "read_file", input: { path: "src/http/client.ts" } },
      ],
    );
  });

  test("a file that does not exist is said to be missing", () => {
    assert.equal(
      holdConversation(model(), "read nowhere.ts", tools).at(-1)?.said,
      "There is no file `nowhere.ts` in the workspace, and none named `nowhere.ts` in another folder of it.",
    );
  });

  test("names beside a missing file that look like it are passed on", () => {
    const missing: Tools = {
      ...tools,
      read_file: () => ({ error: "src/clint.ts does not exist. Similar names beside it: client.ts, cli.ts" }),
    };
    assert.equal(
      holdConversation(model(), "read src/clint.ts", missing).at(-1)?.said,
      "There is no file `src/clint.ts` in the workspace, and none named `clint.ts` in another folder of it.\n\nSimilar names beside it: `client.ts`, `cli.ts`.",
    );
  });

  test("a file that is there and cannot be read is not looked for elsewhere", () => {
    const binary: Tools = { ...tools, read_file: () => ({ error: "E_BINARY a.png is a PNG image, 12 bytes." }) };
    assert.deepEqual(
      holdConversation(model(), "read a.png", binary).map(({ said }) => said),
      [
        "Let me read `a.png`.",
        "`read_file` failed, so I cannot show `a.png`. It said:\n\n```text\nE_BINARY a.png is a PNG image, 12 bytes.\n```",
      ],
    );
  });
});

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
          { name: "edit_file", input: { path: "src/http/retry-delay.ts", old_text: "base", new_text: "first delay" } },
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

test("small talk is answered with what it is and what it can do", () => {
  const [only] = holdConversation(model(), "hello, how are you?", tools);
  assert.match(only?.said ?? "", /^I am a scripted demo, not an AI: I recognise a few plain requests/u);
  assert.deepEqual(only?.calls, []);
  assert.equal(demoModelId, "outcrop.demo");
});

test("thanks are answered in a sentence and do not get in the way of a request", () => {
  for (const prompt of ["thanks", "Thank you very much!", "ok", "great, thanks"]) {
    assert.deepEqual(holdConversation(model(), prompt, tools), [
      { said: "You are welcome. Ask on whenever you like.", calls: [] },
    ]);
  }
  assert.deepEqual(holdConversation(model(), "thanks, run the tests", tools)[0]?.calls, [run("test")]);
});

test("where no tool is offered, a request that needs one is answered with what to do about it", () => {
  assert.deepEqual(holdConversation(model(), "read README.md and run the tests", {}), [
    {
      said: "In Restricted Mode I have no tools: trust the workspace, then ask me again. Without an open folder I have none either.",
      calls: [],
    },
  ]);
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
