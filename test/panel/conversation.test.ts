import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../src/protocol/chat-state.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import {
  answer,
  attachment,
  runningTool,
  stepEnd,
  stepStart,
  text,
  throttled,
  toolStart,
  turnEnd,
  turnStart,
} from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("the conversation", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
  });

  const shown = async () => (await panel.page.locator(".answer").last().textContent()) ?? "";
  const items = () =>
    panel.page
      .getByRole("listitem")
      .evaluateAll((nodes) => nodes.flatMap((node) => node.querySelector("h2")?.textContent ?? []));

  it("shows in a snapshot what it shows after the events", async () => {
    const events: readonly ChatEvent[] = [
      turnStart("where?", [attachment]),
      stepStart(),
      text("I look."),
      ...runningTool("c1", "read_file", "Reading a.ts", '{"path":"a.ts"}'),
      {
        type: "tool-end",
        id: "c1",
        state: "succeeded",
        title: "Read a.ts, 12 lines",
        result: "12 lines",
        at: Date.now(),
      },
      stepEnd("tool_use"),
      stepStart(2),
      text(answer),
      stepEnd(),
      turnEnd(),
    ];
    for (const event of events) await panel.emit(event);
    const streamed = await panel.textOf(".turns");
    await panel.snapshot(bedrockContext);
    assert.equal(await panel.page.locator(".turns").count(), 0);
    await panel.snapshot(bedrockContext, events.reduce(reduceChat, emptyChat("session-1")));
    assert.equal(await panel.textOf(".turns"), streamed);
    assert.deepEqual(await items(), ["You", "Outcrop"]);
  });

  it("UX34 grows with each delta", async () => {
    await panel.emit(turnStart("go"), stepStart());
    const seen: string[] = [];
    for (const word of ["one", " two", " three"]) {
      await panel.emit(text(word));
      seen.push(await panel.textOf(".markdown"));
    }
    assert.deepEqual(seen, ["one", "one two", "one two three"]);
  });

  it("asks for a snapshot when events are missing, and ignores events that it has", async () => {
    await panel.emit(turnStart("go"), stepStart(), text("a"));
    await panel.say({ type: "events", seq: 3, events: [text("a")] });
    assert.equal(await panel.textOf(".markdown"), "a");
    const readies = () =>
      panel.page.evaluate(() => window.panelTest.posts.filter(({ type }) => type === "ready").length);
    assert.equal(await readies(), 1);
    await panel.say({ type: "events", seq: 9, events: [text("z")] });
    await panel.say({ type: "events", seq: 10, events: [text("z")] });
    assert.equal(await readies(), 2);
    assert.equal(await panel.textOf(".markdown"), "a");
  });

  it("ignores messages of another origin and of another shape", async () => {
    await panel.page.evaluate(() => {
      const data = { type: "prefill", text: "injected" };
      window.dispatchEvent(new MessageEvent("message", { data, origin: "http://evil.test", source: window }));
      window.postMessage({ type: "prefill", text: 7 }, window.origin);
      window.postMessage({ type: "snapshot", seq: 0, chat: { past: "x" }, context: {} }, window.origin);
      window.postMessage("text", window.origin);
    });
    await panel.say({ type: "focus-composer" });
    assert.equal(await panel.page.locator("textarea").inputValue(), "");
    assert.deepEqual(await panel.violations(), []);
  });

  it("shows that it works from the send to the first word and between steps", async () => {
    await panel.emit(turnStart("go"));
    assert.match(await shown(), /Working/);
    await panel.emit(stepStart(), text("Hi"));
    assert.doesNotMatch(await shown(), /Working/);
    await panel.emit(toolStart("c1", "read_file", "Reading"), {
      type: "tool-end",
      id: "c1",
      state: "succeeded",
      title: "Read a.ts",
      result: "x",
      at: Date.now(),
    });
    await panel.emit(stepEnd("tool_use"), stepStart(2));
    assert.match(await shown(), /Working/);
  });

  it("folds the model's reasoning under a verb and then under its duration", async () => {
    const at = Date.now();
    await panel.emit(turnStart("go"), { type: "step-start", step: 1, attempt: 1, at });
    await panel.emit({ type: "reasoning-delta", block: 0, text: "Let me **think**.", at: at + 3000 });
    const header = panel.page.locator(".reasoning button");
    assert.equal(await header.textContent(), "Thinking…");
    await panel.emit(text("Done.", 1));
    assert.equal(await header.textContent(), "Thought for 3\u00a0s");
    assert.equal(await header.getAttribute("aria-expanded"), "false");
    await header.click();
    assert.equal(await panel.textOf(".reasoning .markdown"), "Let me think.");
  });

  it("tells a tool call in the tense of its state, with icon, word, input, output and live tail", async () => {
    await panel.emit(
      turnStart("go"),
      stepStart(),
      ...runningTool("c1", "run_task", 'Running task "test"', '{"task":"test"}'),
    );
    const row = panel.page.locator(".tool .disclosure-header");
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`).join("\n");
    await panel.emit({ type: "tool-output", id: "c1", text: lines });
    assert.equal(await panel.textOf(".tool-tail"), lines.split("\n").slice(-8).join("\n"));
    assert.match((await row.textContent()) ?? "", /^Running task "test" Running/);
    await panel.emit({
      type: "tool-end",
      id: "c1",
      state: "failed",
      title: 'Task "test" failed',
      result: lines,
      at: Date.now(),
    });
    assert.match((await row.textContent()) ?? "", /^Task "test" failed Failed/);
    assert.equal(await row.locator(".icon-error").count(), 1);
    await row.click();
    const [input, output] = await panel.page.locator(".plain-output pre").allTextContents();
    assert.equal(input, '{\n  "task": "test"\n}');
    assert.equal(output, lines.split("\n").slice(0, 40).join("\n"));
    await panel.page.getByRole("button", { name: /^Show More/ }).click();
    assert.equal((await panel.page.locator(".plain-output pre").allTextContents())[1], lines);
  });

  it("names every state of a tool call in text", async () => {
    await panel.emit(turnStart("go"), stepStart());
    for (const state of ["succeeded", "failed", "denied", "cancelled"] as const) {
      await panel.emit(toolStart(state, "read_file", "Reading"), {
        type: "tool-end",
        id: state,
        state,
        title: "a.ts",
        result: "",
        at: Date.now(),
      });
    }
    assert.deepEqual(await panel.page.locator(".tool .disclosure-header").allTextContents(), [
      "a.ts Done",
      "a.ts Failed",
      "a.ts Skipped",
      "a.ts Not run",
    ]);
  });

  it("UX57 explains a failure, keeps Bedrock's words and the request id in a fold, and offers the error's actions", async () => {
    await panel.emit(turnStart("go"), stepStart(), turnEnd({ kind: "failed", error: throttled, cutOff: false }));
    assert.match(await shown(), /Throttled by Bedrock: too many requests/);
    assert.doesNotMatch(await shown(), /ThrottlingException/);
    await panel.page.getByRole("button", { name: "Details" }).click();
    assert.match(
      await shown(),
      /Kind: throttledTime: .+Request ID: 0d1c2b3a-4e5f-6071-8293-a4b5c6d7e8f9[\s\S]*ThrottlingException/,
    );
    for (const name of ["Retry", "Switch Model", "Show Log"]) {
      await panel.page.locator(".notice").getByRole("button", { name }).click();
    }
    assert.deepEqual(await panel.posts(), [
      { type: "resume" },
      { type: "command", command: "selectModel" },
      { type: "command", command: "showLog" },
    ]);
  });

  it("UX59 asks at the step limit whether to go on, and goes on in the same turn", async () => {
    await panel.emit(turnStart("go"), stepStart(), text("so far"), turnEnd({ kind: "step-limit", steps: 25 }));
    assert.match(await shown(), /Outcrop has made 25 model calls\. Continue\?/);
    await panel.page.getByRole("button", { name: "Continue" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "resume" }]);
    await panel.emit({ type: "turn-resume", at: Date.now() }, stepStart(26), text(" and on"));
    assert.doesNotMatch(await shown(), /Continue\?/);
    assert.deepEqual(await items(), ["You", "Outcrop"]);
  });

  it("closes a turn with model, tokens and time, and copies the answer as markdown", async () => {
    await panel.emit(turnStart("go"), stepStart(), text("**bold**"), stepEnd(), turnEnd());
    const details = await panel.page.locator(".turn-details span").allTextContents();
    assert.deepEqual(details.slice(0, 3), ["claude-sonnet-4-5", "6,954 in (5,120 cached)", "412 out"]);
    await panel.page.getByRole("button", { name: "Copy answer" }).click();
    assert.equal(await panel.page.evaluate(() => navigator.clipboard.readText()), "**bold**");
    assert.equal(await panel.page.getByRole("status").textContent(), "Copied to clipboard");
  });

  it("highlights a finished code block and copies its text", async () => {
    await panel.emit(turnStart("go"), stepStart(), text(answer), turnEnd());
    await panel.page.locator(".hljs-keyword").first().waitFor();
    await panel.page.getByRole("button", { name: "Copy code" }).click();
    const copied = await panel.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, /```ts\n([\s\S]*?)\n```/.exec(answer)?.[1]);
    assert.deepEqual(await panel.violations(), []);
  });

  it("leaves code of more than 1,000 lines plain", async () => {
    const long = `\`\`\`ts\n${"const a = 1;\n".repeat(1001)}\`\`\`\n\n\`\`\`ts\nconst b = 2;\n\`\`\`\n`;
    await panel.emit(turnStart("go"), stepStart(), text(long), turnEnd());
    await panel.page.locator(".hljs-keyword").first().waitFor();
    const coloured = await panel.page
      .locator("pre code")
      .evaluateAll((blocks) => blocks.map((code) => code.childElementCount > 0));
    assert.deepEqual(coloured, [false, true]);
  });
});
