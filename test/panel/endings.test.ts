import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { runningTool, text, toolStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { brokenAnswer, dropped, endAt, retryAt, throttledBriefly, turnAt } from "../support/panel/trouble-scenes.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);
const stopped = (stopReason: string): TurnOutcome => ({ kind: "stopped", stopReason });

describe("endings that are no whole answer", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    await panel.emit(...turnAt(start));
  });

  const last = () => panel.page.locator(".notice").last();
  const buttons = () => last().locator(".notice-actions button").allTextContents();
  const press = (name: string) => last().getByRole("button", { name, exact: true }).click();
  const spoken = async (role: "status" | "alert") => ((await panel.page.getByRole(role).textContent()) ?? "").trim();

  it("marks a cut answer as interrupted, and goes on behind it or asks again", async () => {
    await panel.emit(...brokenAnswer(start), endAt(start, { kind: "failed", error: dropped, cutOff: true }));
    assert.equal(await last().locator(".notice-title").textContent(), "Interrupted");
    assert.equal(await last().locator(".notice-text").textContent(), dropped.message);
    assert.match(await panel.textOf(".markdown"), /^The retry delay is computed/);
    assert.equal(await panel.textOf(".tool .disclosure-header"), "Searching the workspace Not run");
    assert.equal(await spoken("alert"), `Interrupted. ${dropped.message}`);
    assert.deepEqual(await buttons(), ["Continue", "Retry"]);
    await press("Continue");
    await press("Retry");
    assert.deepEqual(await panel.posts(), [{ type: "continue" }, { type: "resume" }]);
  });

  it("UX57 offers no Continue where there are no words to go on behind, and then the error's own actions", async () => {
    await panel.emit({ type: "reasoning-delta", block: 0, text: "Hm.", at: start });
    await panel.emit(endAt(start, { kind: "failed", error: throttledBriefly, cutOff: true }));
    assert.deepEqual(await buttons(), ["Retry", "Switch Model"]);
  });

  it("UX57 signs in and leads to the limit of output tokens where the error says so", async () => {
    const error = { ...throttledBriefly, actions: ["sign-in", "lower-max-tokens"] } as const;
    await panel.emit(endAt(start, { kind: "failed", error, cutOff: false }));
    await press("Sign In");
    await press("Lower Max Tokens");
    assert.deepEqual(await panel.posts(), [
      { type: "command", command: "signIn" },
      { type: "command", command: "lowerMaxTokens" },
    ]);
  });

  it("keeps the ways on to the last turn", async () => {
    await panel.emit(text("Half"), endAt(start, { kind: "failed", error: throttledBriefly, cutOff: true }));
    await panel.emit(...turnAt(start, "t2"), text("Half"), endAt(start, { kind: "max-tokens" }));
    assert.deepEqual(await panel.page.locator(".notice-actions").allTextContents(), ["Switch Model", "Continue"]);
  });

  it("UX57 goes on behind an answer that met the output limit, in the same text", async () => {
    await panel.emit(text("```ts\nconst a"), endAt(start, { kind: "max-tokens" }));
    assert.equal(await last().textContent(), "The answer was cut off at the output limit.Continue");
    await press("Continue");
    assert.deepEqual(await panel.posts(), [{ type: "continue" }]);
    await panel.emit({ type: "turn-resume", at: start }, { type: "step-start", step: 2, attempt: 1, at: start });
    await panel.emit(text(" = 1;\n```\n"));
    assert.equal(await panel.textOf(".markdown code"), "const a = 1;");
    assert.equal(await panel.page.locator(".notice").count(), 0);
    assert.equal(await panel.textOf(".continued-mark"), "Was interrupted and continued");
    await panel.emit(endAt(start, { kind: "completed" }));
    await panel.page.getByRole("button", { name: "Copy answer" }).click();
    const copied = await panel.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, "```ts\nconst a = 1;\n```\n");
  });

  it("sums tokens and time of both halves of an answer that was continued", async () => {
    const usage = { inputTokens: 1000, outputTokens: 40, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
    await panel.emit(text("One"), { type: "step-end", stopReason: "max_tokens", usage, at: start + 3000 });
    await panel.emit(endAt(start + 3000, { kind: "max-tokens" }), {
      type: "turn-resume",
      at: start + 60_000,
      kept: true,
    });
    await panel.emit({ type: "step-start", step: 2, attempt: 1, at: start + 60_000 }, text(" two"));
    await panel.emit({ type: "step-end", stopReason: "end_turn", usage, at: start + 64_000 });
    await panel.emit(endAt(start + 64_000, { kind: "completed" }));
    assert.deepEqual((await panel.page.locator(".turn-details > span").allTextContents()).slice(1), [
      "2,000 in",
      "80 out",
      "7\u00a0s",
    ]);
  });

  it("keeps two text blocks of one message apart", async () => {
    await panel.emit(text("one", 0), text("two", 1));
    assert.deepEqual(await panel.page.locator(".markdown").allTextContents(), ["one", "two"]);
    assert.equal(await panel.page.locator(".continued-mark").count(), 0);
  });

  it("goes on after the window was closed: behind the words of the last step, or with that step", async () => {
    await panel.emit(text("Half an ans"), endAt(start, { kind: "interrupted" }));
    assert.equal(
      await last().locator(".notice-text").textContent(),
      "The window was closed in the middle of this turn.",
    );
    assert.equal(await spoken("alert"), "The window was closed in the middle of this turn.");
    assert.deepEqual(await buttons(), ["Continue", "Retry"]);
    await press("Continue");
    await press("Retry");
    await panel.emit(...turnAt(start, "t2"), text("I look."), { type: "step-start", step: 2, attempt: 1, at: start });
    await panel.emit(endAt(start, { kind: "interrupted" }));
    assert.deepEqual(await buttons(), ["Resume"]);
    await press("Resume");
    assert.deepEqual(await panel.posts(), [{ type: "continue" }, { type: "resume" }, { type: "resume" }]);
  });

  it("says of a program that may still run after the window was closed, and of a half-written call that it was not run", async () => {
    await panel.emit(...runningTool("c1", "run_task", "Running task", "{}"));
    await panel.emit({ type: "step-end", stopReason: "tool_use", usage: null, at: start });
    await panel.emit(endAt(start, { kind: "interrupted" }));
    assert.equal(await panel.textOf(".tool .disclosure-header"), "Running task Interrupted; may still be running");
    await panel.emit(...turnAt(start, "t2"), toolStart("c2", "run_task", "Run a task"));
    await panel.emit(endAt(start, { kind: "interrupted" }));
    assert.equal(await panel.page.locator(".tool .disclosure-header").last().textContent(), "Run a task Not run");
  });

  it("says which policies of a guardrail fired, and unfolds what they found", async () => {
    const findings = [
      { side: "input", policy: "topic", name: "Weapons" },
      { side: "input", policy: "word", name: "swordfish", match: "swordfish" },
      { side: "output", policy: "sensitive-information", name: "EMAIL", match: "a@b.c" },
    ] as const;
    const guardrail = { blocked: true, findings };
    await panel.emit(endAt(start, { kind: "stopped", stopReason: "guardrail_intervened", guardrail }));
    const words = "Blocked by guardrail: denied topic Weapons, word filter, sensitive information EMAIL";
    assert.equal(await panel.textOf(".notice .notice-text"), words);
    await press("Details");
    assert.equal(
      await panel.textOf(".notice pre"),
      "Sent: denied topic Weapons\nSent: word filter “swordfish”\nAnswered: sensitive information EMAIL “a@b.c”",
    );
  });

  it("says of automated reasoning alone that nothing was changed", async () => {
    const findings = [{ side: "output", policy: "automated-reasoning", name: "invalid" }] as const;
    const guardrail = { blocked: false, findings };
    await panel.emit(endAt(start, { kind: "stopped", stopReason: "guardrail_intervened", guardrail }));
    assert.match(await panel.textOf(".notice"), /guardrail, nothing was changed: automated reasoning invalid/);
  });

  it("puts a guardrail's words in the place of what it took back", async () => {
    await panel.emit(text("The swordfish swims."));
    await panel.emit({ type: "retracted", text: "Blocked.", at: start });
    assert.deepEqual(await panel.page.locator(".markdown").allTextContents(), ["Blocked."]);
  });

  it("lists in the details every error of a step whose retries are used up", async () => {
    await panel.emit(retryAt(start, dropped), endAt(start, { kind: "failed", error: throttledBriefly, cutOff: false }));
    await press("Details");
    assert.equal(await panel.page.locator(".error-item").count(), 2);
  });

  it("names every stop reason in words, with what helps", async () => {
    const endings: readonly (readonly [string, RegExp, readonly string[]])[] = [
      ["guardrail_intervened", /^A guardrail of the account blocked this\.The chat can go on/, []],
      ["content_filtered", /^A content filter of the model blocked this\.The chat can go on/, ["Switch Model"]],
      ["malformed_tool_use", /^The model wrote a tool call that cannot be read\.Nothing was run/, ["Switch Model"]],
      ["malformed_model_output", /^The model wrote an answer that cannot be read\.Ask again/, ["Switch Model"]],
      [
        "model_context_window_exceeded",
        /^The conversation no longer fits the model's context window\.Make the conversation shorter/,
        ["Compact Conversation", "New Chat", "Switch Model"],
      ],
      ["odd\u202e_reason", /^The model stopped early: odd⟦U\+202E⟧_reason\./, ["Switch Model"]],
    ];
    for (const [index, [stopReason, words, actions]] of endings.entries()) {
      await panel.emit(...turnAt(start, `t${index}`), text("part"), endAt(start, stopped(stopReason)));
      assert.match((await last().textContent()) ?? "", words);
      assert.deepEqual([stopReason, await buttons()], [stopReason, actions]);
      assert.match(await spoken("alert"), new RegExp(words.source.split("\\.")[0] ?? ""));
    }
  });

  it("UX57 makes room in a conversation that no longer fits: shorter, anew, or with another model", async () => {
    await panel.emit(endAt(start, stopped("model_context_window_exceeded")));
    for (const name of ["Compact Conversation", "New Chat", "Switch Model"]) await press(name);
    const error = { ...throttledBriefly, kind: "context_overflow", actions: ["compact"] } as const;
    await panel.emit(...turnAt(start, "t2"), endAt(start, { kind: "failed", error, cutOff: false }));
    await press("Compact Conversation");
    assert.deepEqual(await panel.posts(), [
      { type: "compact" },
      { type: "new-chat" },
      { type: "command", command: "selectModel" },
      { type: "compact" },
    ]);
  });

  it("UX16 says that it stops before the host has answered, and until the turn has ended", async () => {
    await panel.emit(text("Half an ans"));
    await panel.page.getByRole("button", { name: "Stop" }).click();
    const button = panel.page.getByRole("button", { name: "Stopping…" });
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    assert.equal(await panel.textOf(".working > span:first-child"), "Stopping");
    await panel.emit(text("wer"));
    assert.equal(await button.count(), 1);
    await panel.emit(endAt(start, { kind: "cancelled" }));
    assert.equal(await button.count(), 0);
    assert.equal(await panel.textOf(".markdown"), "Half an answer");
    assert.equal(await last().textContent(), "Canceled");
    assert.equal(await panel.page.getByRole("button", { name: "Send" }).count(), 1);
  });
});
