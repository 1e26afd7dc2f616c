import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import { text } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";
import {
  brokenAnswer,
  dropped,
  endAt,
  retryAt,
  silenceAt,
  throttledBriefly,
  turnAt,
} from "../support/panel/trouble-scenes.ts";

type Scene = (panel: PanelPage) => Promise<void>;

const outcomes: readonly TurnOutcome[] = [
  { kind: "stopped", stopReason: "guardrail_intervened" },
  { kind: "stopped", stopReason: "model_context_window_exceeded" },
  { kind: "interrupted" },
  { kind: "max-tokens" },
];

const scenes: Readonly<Record<string, Scene>> = {
  "a retry after a broken answer": async (panel) => {
    const at = Date.now();
    await panel.emit(
      ...turnAt(at),
      ...brokenAnswer(at),
      retryAt(at, throttledBriefly),
      retryAt(at, dropped, 2, 90_000),
    );
    await panel.page.locator(".reasoning button").click();
    await panel.page.getByRole("button", { name: "Details" }).click();
  },
  "a retry that runs, in silence": async (panel) => {
    const at = Date.now();
    await panel.emit(...turnAt(at), ...brokenAnswer(at), retryAt(at, dropped));
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at }, silenceAt(at, "first-byte"));
  },
  "a recovered answer with notices": async (panel) => {
    const at = Date.now();
    await panel.emit(...turnAt(at), retryAt(at, throttledBriefly), retryAt(at, dropped, 2), text("Here."));
    await panel.emit({ type: "notice", text: "claude-sonnet-4-5 has no cache points here; they were left out.", at });
    const compaction = { kind: "summary", id: 1, before: 5, text: "The user wants to know where." } as const;
    await panel.emit({ type: "compaction", compaction, usage: null, at }, endAt(at, { kind: "completed" }));
    await panel.page.getByRole("button", { name: "Recovered" }).click();
    await panel.page.getByRole("button", { name: "Summarized" }).click();
  },
  "a paced request": async (panel) => {
    const at = Date.now();
    await panel.emit(...turnAt(at), { type: "pace", reason: "tokens-per-minute", delayMs: 90_000, at });
    await panel.page.getByRole("button", { name: "Send Now" }).click();
  },
  "every ending": async (panel) => {
    const at = Date.now();
    for (const [index, outcome] of outcomes.entries()) {
      await panel.emit(...turnAt(at, `t${index}`), text("Half."), endAt(at, outcome));
    }
    await panel.emit(...turnAt(at, "last"), ...brokenAnswer(at));
    await panel.emit(endAt(at, { kind: "failed", error: dropped, cutOff: true }));
    await panel.page.getByRole("button", { name: "Details" }).click();
  },
  "a turn that is being stopped": async (panel) => {
    await panel.emit(...turnAt(Date.now()), text("Half."));
    await panel.page.getByRole("button", { name: "Stop" }).click();
  },
};

describe("accessibility of trouble", () => {
  const browser = suiteBrowser();

  testEveryTheme(browser, bedrockContext, scenes);

  it("moves nothing in waits for those who asked for stillness", async () => {
    const panel = await PanelPage.open(browser(), { context: bedrockContext, reducedMotion: true });
    for (const play of Object.values(scenes)) {
      await panel.snapshot(bedrockContext);
      await play(panel);
      assert.equal(await panel.page.evaluate(() => document.getAnimations().length), 0);
    }
    await panel.close();
  });
});
