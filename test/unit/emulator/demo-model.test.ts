import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demoModelId } from "../../../src/emulator/demo/demo-model.ts";
import { model, read, run, search, tools } from "./demo-scene.ts";
import { askOnce, holdConversation, type Tools } from "./demo-workspace.ts";

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

test("of many results the first others are named, and the sentence ends once", () => {
  const ends = (hits: number): string => {
    const text = Array.from({ length: hits }, (_, line) => `  ${line + 1}: frobnicate`).join("\n");
    const many = { ...tools, search_files: () => `${hits} results in 1 file\na.ts\n${text}` };
    return holdConversation(model(), "find `frobnicate`", many).at(-1)?.said.split("others: ").at(-1) ?? "";
  };
  const named = "`a.ts:2`, `a.ts:3`, `a.ts:4`, `a.ts:5`";
  assert.deepEqual([ends(5), ends(6)], [`${named}.`, `${named} …`]);
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
