import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { BedrockConnection } from "../../src/protocol/connection.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { text } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { endAt, turnAt } from "../support/panel/trouble-scenes.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);
const fast: BedrockConnection = { kind: "bedrock", modelId: "global.anthropic.claude-haiku-4-5-20251001-v1:0" };
const strong: BedrockConnection = { kind: "bedrock", modelId: "global.anthropic.claude-sonnet-4-5-20250929-v1:0" };

describe("routing and failover in the panel", () => {
  const connection = { ...strong, routing: { fast: fast.modelId, frontier: strong.modelId } };
  let panel: PanelPage;
  openPanelForEach({ context: { ...bedrockContext, connection } }, async (opened) => {
    panel = opened;
    await panel.emit(...turnAt(start));
  });

  const usage = { inputTokens: 100, outputTokens: 20, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };

  it("shows who answers and why, and gives the turn to the stronger model at a press", async () => {
    assert.equal(await panel.textOf(".model-button-name"), "Automatic");
    const reason = "a question about one place";
    await panel.emit({ type: "routed", tier: "fast", reason, connection: fast, usage, at: start });
    assert.equal(await panel.textOf(".quiet-line"), `Routed to claude-haiku-4-5: ${reason}`);
    await panel.page.getByRole("button", { name: "Use Stronger Model" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "escalate" }]);
    await panel.emit(text("Here."), endAt(start, { kind: "completed" }));
    assert.match((await panel.textOf(".turn-details")) ?? "", /^claude-haiku-4-5/);
    assert.equal(await panel.page.getByRole("button", { name: "Use Stronger Model" }).count(), 1);
  });

  it("offers nothing stronger than the strongest", async () => {
    await panel.emit({ type: "routed", tier: "frontier", reason: "design", connection: strong, usage, at: start });
    assert.equal(await panel.textOf(".quiet-line"), "Routed to claude-sonnet-4-5: design");
    assert.equal(await panel.page.getByRole("button", { name: "Use Stronger Model" }).count(), 0);
  });

  it("offers another place where Bedrock keeps throttling, in the last turn only", async () => {
    const notice = "Bedrock keeps throttling claude-sonnet-4-5. You can move this chat.";
    await panel.emit({ type: "notice", text: notice, action: "failover", at: start });
    await panel.page.getByRole("button", { name: "Move Chat…" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "failover" }]);
    await panel.emit(endAt(start, { kind: "completed" }), ...turnAt(start, "turn-2"));
    assert.equal(await panel.page.getByRole("button", { name: "Move Chat…" }).count(), 0);
  });
});
