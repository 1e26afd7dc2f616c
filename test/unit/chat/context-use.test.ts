import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contextUse, estimateSegments } from "../../../src/chat/context-use.ts";
import { toUserMessage } from "../../../src/chat/prompt.ts";

const attachment = {
  ...{ id: "a1", label: "a.ts:1-9", path: "a.ts", startLine: 1, endLine: 9 },
  ...{ text: "z".repeat(4_000), language: "ts" },
};
const usage = { inputTokens: 100, outputTokens: 50, cacheReadInputTokens: 800, cacheWriteInputTokens: 100 };

describe("the parts of a request", () => {
  it("are the system prompt, the tools, what was attached, and the rest of the conversation", () => {
    const prompt = toUserMessage({ text: "y".repeat(400), attachments: [attachment] });
    const image = { image: { format: "png" as const, source: { bytes: new Uint8Array(9) } } };
    const segments = estimateSegments({
      system: [{ text: "x".repeat(387) }],
      toolConfig: { tools: [{ toolSpec: { name: "t", inputSchema: { json: {} } } }] },
      messages: [
        prompt,
        { role: "assistant", content: [{ text: "a".repeat(40) }] },
        { role: "user", content: [image] },
      ],
    });
    assert.equal(segments.system, 100);
    assert.ok(segments.tools > 5 && segments.tools < 50);
    assert.equal(segments.history, 110);
    assert.ok(segments.attachments > 2_600 && segments.attachments < 2_650, String(segments.attachments));
  });

  it("add up to what the service counted, the answer with the conversation", () => {
    const estimated = { system: 100, tools: 200, history: 400, attachments: 100 };
    const use = contextUse(estimated, usage, 200_000);
    assert.deepEqual(use, { system: 125, tools: 250, history: 550, attachments: 125, window: 200_000, counted: true });
    const odd = contextUse({ system: 1, tools: 1, history: 1, attachments: 0 }, usage, 1_000);
    assert.equal(odd.system + odd.tools + odd.history + odd.attachments, 1_050);
  });

  it("share out the service's own count of what stays the same, where that makes sense", () => {
    const estimated = { system: 100, tools: 100, history: 100, attachments: 100 };
    const use = contextUse(estimated, usage, 200_000, 300);
    assert.deepEqual([use.system, use.tools, use.history, use.attachments], [150, 150, 400, 350]);
    assert.equal(contextUse(estimated, usage, 200_000, 3_000).system, 250);
  });

  it("are nothing for an empty request, and an estimate without usage", () => {
    const none = { system: 0, tools: 0, history: 0, attachments: 0 };
    assert.deepEqual(contextUse(none, null, 10), { ...none, window: 10 });
    assert.deepEqual(contextUse(none, usage, 10), { ...none, history: 1_050, window: 10, counted: true });
  });
});
