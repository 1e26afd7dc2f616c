import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import { type Capabilities, fullCapabilities } from "../../../src/agent/capabilities.ts";
import { placeCachePoints } from "../../../src/bedrock/cache-points.ts";
import { checkConversation, modelFamily } from "../../../src/emulator/conversation-rules.ts";

const long = "word ".repeat(2_000);
const user = (...content: ContentBlock[]): Message => ({ role: "user", content });
const assistant = (...content: ContentBlock[]): Message => ({ role: "assistant", content });
const point = { cachePoint: { type: "default" as const } };
const request = {
  system: [{ text: long }],
  toolConfig: { tools: [{ toolSpec: { name: "look", description: long, inputSchema: { json: { type: "object" } } } }] },
  messages: [
    user({ text: "One" }),
    assistant({ text: "a" }),
    user({ text: "Two" }),
    assistant({ toolUse: { toolUseId: "1", name: "look", input: {} } }),
    user({ toolResult: { toolUseId: "1", content: [{ text: "found" }] } }),
  ],
};
const having = (own: Partial<Capabilities>): Capabilities => ({
  ...fullCapabilities,
  cacheMinimumTokens: 1_024,
  ...own,
});

describe("placeCachePoints", () => {
  it("B7.118 marks the end of tools, of the system prompt and of the last two user messages", () => {
    assert.deepEqual(placeCachePoints(request, having({})), {
      system: [{ text: long }, point],
      toolConfig: { tools: [...request.toolConfig.tools, point] },
      messages: request.messages.map((message, index) =>
        index === 2 || index === 4 ? { ...message, content: [...(message.content ?? []), point] } : message,
      ),
    });
  });

  it("places what every family that caches accepts", () => {
    for (const [modelId, own] of [
      ["anthropic.claude-opus-4-6-v1", {}],
      ["amazon.nova-pro-v1:0", { cachePoints: ["system", "plain-messages"] }],
    ] as const) {
      const marked = placeCachePoints(request, having(own));
      assert.deepEqual(checkConversation(marked, modelFamily(modelId)), []);
      assert.ok(JSON.stringify(marked).includes("cachePoint"));
    }
  });

  it("B7.119 marks no message with blocks of tools where that is refused", () => {
    const { messages = [], toolConfig } = placeCachePoints(
      request,
      having({ cachePoints: ["system", "plain-messages"] }),
    );
    assert.deepEqual(
      messages.map(({ content = [] }) => content.at(-1)?.cachePoint !== undefined),
      [true, false, true, false, false],
    );
    assert.deepEqual(toolConfig, request.toolConfig);
  });

  it("B7.122 marks nothing where the model does not cache or the prefix is too short", () => {
    assert.deepEqual(placeCachePoints(request, having({ cachePoints: [] })), request);
    assert.deepEqual(placeCachePoints(request, having({ cacheMinimumTokens: 100_000 })), request);
  });

  it("B7.119 marks nothing behind reasoning", () => {
    const thought = { reasoningContent: { reasoningText: { text: "hm" } } };
    const messages = [user({ text: "One" }, thought)];
    assert.deepEqual(placeCachePoints({ ...request, messages }, having({})).messages, messages);
  });

  it("B7.118 B7.120 marks four places at most, all for as long", () => {
    const many = { ...request, messages: [...request.messages, ...request.messages, ...request.messages] };
    const marked = JSON.stringify(placeCachePoints(many, having({}), "1h"));
    assert.equal(marked.split('{"cachePoint":{"type":"default","ttl":"1h"}}').length - 1, 4);
    assert.equal(marked.split('"cachePoint"').length - 1, 4);
  });

  it("B7.119 marks nothing behind a document that is no PDF", () => {
    const document = { name: "a", format: "txt" as const, source: { bytes: new Uint8Array([65]) } };
    const { messages = [] } = placeCachePoints(
      { ...request, messages: [user({ text: "x" }, { document })] },
      having({}),
    );
    assert.equal(messages[0]?.content?.length, 2);
  });

  it("leaves the request that it is given as it is", () => {
    const before = structuredClone(request);
    placeCachePoints(request, having({}));
    assert.deepEqual(request, before);
  });
});
