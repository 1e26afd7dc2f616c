import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { statusText } from "../../../../src/vscode/editor-actions/status-text.ts";

const connection = {
  kind: "bedrock",
  modelId: "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  region: "eu-central-1",
} as const;
const cost = (dollars: number) => ({ dollars, unknown: 0, prices: "price table of 2026-11-21" });

describe("statusText", () => {
  it("names who answers, and says no cost where nothing costs", () => {
    assert.deepEqual(
      statusText({ connection: { kind: "demo" }, cost: undefined, perSession: 10, running: false, allowsAll: false }),
      {
        text: "$(sparkle) Demo model",
        tooltip: "Outcrop: Demo model\nOpen the chat",
        isNear: false,
      },
    );
  });

  it("says what the chat has cost of what it may, and that an answer is running", () => {
    assert.deepEqual(statusText({ connection, cost: cost(0.42), perSession: 10, running: true, allowsAll: false }), {
      text: "$(loading~spin) claude-sonnet-4-5 · $0.42",
      tooltip:
        "Outcrop: claude-sonnet-4-5 in eu-central-1, answering\nThis chat has cost $0.42 of the $10.00 allowed.\nOpen the chat",
      isNear: false,
    });
  });

  it("warns from four fifths of the cap on", () => {
    const { text, isNear } = statusText({
      connection,
      cost: cost(8),
      perSession: 10,
      running: false,
      allowsAll: false,
    });
    assert.deepEqual([text, isNear], ["$(warning) claude-sonnet-4-5 · $8.00", true]);
  });

  it("UX79 says that Allow All is on, also where the panel is closed", () => {
    const status = statusText({ connection, cost: undefined, perSession: 10, running: false, allowsAll: true });
    assert.deepEqual(status, {
      text: "$(sparkle) claude-sonnet-4-5 · $(warning) Allow All",
      tooltip: "Outcrop: claude-sonnet-4-5 in eu-central-1\nAllow All is on in this chat.\nOpen the chat",
      isNear: false,
    });
  });
});
