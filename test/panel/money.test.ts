import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import type { ContextUse } from "../../src/protocol/context-use.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const prices = "price table of 2026-11-21";
const usage = { inputTokens: 1516, outputTokens: 2, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
const context: ContextUse = {
  ...{ system: 1_000, tools: 3_000, history: 18_000, attachments: 2_000, window: 200_000 },
  counted: true,
};

function turn(id: string, told: Partial<Extract<ChatEvent, { type: "step-end" }>>): readonly ChatEvent[] {
  const end: ChatEvent = { type: "step-end", stopReason: "end_turn", usage, at: Date.now(), ...told };
  return [turnStart("go", [], id), stepStart(), text("Done."), end, turnEnd()];
}

describe("what a turn costs", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
  });

  const costs = () => panel.page.locator(".cost-button").allTextContents();

  it("UX93 stands beside its tokens, with the sum of the chat and the prices' day in its name", async () => {
    await panel.emit(...turn("t1", { cost: { dollars: 0.25, unknown: 0, prices } }));
    await panel.emit(...turn("t2", { cost: { dollars: 0.0051, unknown: 0, prices } }));
    const details = await panel.page.locator(".turn-footer-last .turn-details > span").allTextContents();
    assert.deepEqual(details.slice(0, 4), ["claude-sonnet-4-5", "1,516 in", "2 out", "$0.0051"]);
    const more = "This chat so far: $0.26, price table of 2026-11-21. Show usage";
    const button = panel.page.getByRole("button", { name: `$0.0051. ${more}` });
    assert.equal(await button.getAttribute("title"), more);
    await button.press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "showUsage" }]);
  });

  it("UX93 is called unknown where it is, and never nothing", async () => {
    await panel.emit(...turn("t1", { cost: { dollars: 0, unknown: 1, prices: "price unknown" } }));
    await panel.emit(...turn("t2", { cost: { dollars: 0.42, unknown: 2, prices } }));
    assert.deepEqual(await costs(), ["cost unknown", "$0.42 + 2 calls of unknown cost"]);
  });

  it("is not shown where nothing costs, as with the demo", async () => {
    await panel.emit(...turn("t1", {}));
    assert.deepEqual(await costs(), []);
  });
});

describe("the context ring", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
  });

  const bar = () => panel.page.locator(".context-use");

  it("UX92 is hidden until the first step told, then says how full the window is, and unfolds into its parts", async () => {
    assert.equal(await bar().count(), 0);
    await panel.emit(...turn("t1", { context: { ...context, reserved: 8_192 } }));
    const header = panel.page.getByRole("button", { name: "Context 12 %" });
    assert.equal(await header.getAttribute("title"), "24,000 of 200,000 tokens of context");
    await header.press("Enter");
    assert.deepEqual(await bar().locator("li").allTextContents(), [
      "24,000 of 200,000 tokens of context",
      "System prompt: 1,000 (est.)",
      "Tools: 3,000 (est.)",
      "Conversation: 18,000 (est.)",
      "Attachments: 2,000 (est.)",
      "Reserved for response: 8,192",
    ]);
  });

  it("UX92 says that a sum is an estimate where the service did not count, and keeps the last one that is known", async () => {
    const { counted: _, ...estimated } = context;
    await panel.emit(...turn("t1", { context: estimated }));
    await panel.emit(...turn("t2", {}));
    await panel.page.getByRole("button", { name: "Context 12 %" }).click();
    assert.equal(await bar().locator("li").first().textContent(), "24,000 of 200,000 tokens of context (est.)");
  });

  it("UX92 warns near the limit, what is kept for the answer included, and offers a new chat", async () => {
    const near = { ...context, history: 166_000 };
    await panel.emit(...turn("t1", { context: { ...near, reserved: 7_000 } }));
    assert.equal(await panel.page.locator(".context-near").count(), 0);
    await panel.emit(...turn("t2", { context: { ...near, reserved: 8_192 } }));
    const header = panel.page.getByRole("button", { name: "Context 86 % , nearly full" });
    assert.equal(await header.locator(".icon-warning").count(), 1);
    await header.click();
    await bar().getByRole("button", { name: "New Chat" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "new-chat" }]);
  });

  it("UX93 has the chat's cost in its details, with what was taken back, the prices' day and the way to the usage", async () => {
    await panel.emit(...turn("t1", { cost: { dollars: 0.25, unknown: 0, prices }, context }));
    await panel.emit(...turn("t2", { cost: { dollars: 0.5, unknown: 1, prices }, context }));
    await panel.emit({ type: "rewind", turnId: "t2", messages: 0, at: 0 });
    await panel.page.getByRole("button", { name: "Context 12 %" }).click();
    const cost = bar().locator(".disclosure-body > div");
    assert.match(
      (await cost.textContent()) ?? "",
      /^Session cost: \$0\.75 \+ 1 call of unknown cost, price table of 2026-11-21 Show Usage$/,
    );
    await cost.getByRole("button", { name: "Show Usage" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "showUsage" }]);
  });

  it("UX92 fills a ring as far as the context is full, and draws its parts as wide as they are", async () => {
    await panel.emit(...turn("t1", { context }));
    const dashes = await panel.page.locator(".context-ring > circle").last().getAttribute("stroke-dasharray");
    assert.equal(dashes, "4.52 37.70");
    await panel.page.getByRole("button", { name: "Context 12 %" }).click();
    const grow = await panel.page
      .locator(".context-bar > i")
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).flexGrow));
    assert.deepEqual(grow, ["1000", "3000", "18000", "2000", "176000"]);
    assert.deepEqual(await panel.violations(), []);
  });

  it("is gone in a new chat, and not there for the demo", async () => {
    await panel.emit(...turn("t1", { context }));
    await panel.snapshot(bedrockContext);
    assert.equal(await bar().count(), 0);
    await panel.snapshot(demoContext);
    assert.equal(await bar().count(), 0);
  });
});

describe("accessibility of cost and context", () => {
  const browser = suiteBrowser();

  testEveryTheme(browser, bedrockContext, {
    "a cost, one that is unknown, and the parts of the context": async (panel) => {
      await panel.emit(...turn("t1", { cost: { dollars: 0.0051, unknown: 0, prices } }));
      await panel.emit(...turn("t2", { cost: { dollars: 0.42, unknown: 2, prices }, context }));
      await panel.page.getByRole("button", { name: "Context 12 %" }).click();
    },
  });
});
