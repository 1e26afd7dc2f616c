import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { maskedStore } from "../../../src/chat/masked-store.ts";
import type { SessionStore } from "../../../src/chat/session-options.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";

const mask = (text: string): string => text.replaceAll("SECRET", "[mask]");

function recorded() {
  const events: ChatEvent[] = [];
  const messages: Message[] = [];
  const prompts: (readonly string[])[] = [];
  let flushes = 0;
  const store: SessionStore = {
    event: (event) => void events.push(event),
    message: (message) => void messages.push(message),
    prompt: (id, { text, attachments }) => void prompts.push([id, text, ...attachments.map((each) => each.text)]),
    untrusted: () => undefined,
    flush: async () => void flushes++,
  };
  return { masked: maskedStore(store, mask), events, messages, prompts, flushes: () => flushes };
}

describe("maskedStore", () => {
  it("masks every text of an event, and nothing that identifies something", () => {
    const { masked, events } = recorded();
    masked.event({ type: "text-delta", block: 0, text: "a SECRET" });
    masked.event({ type: "tool-end", id: "SECRET", state: "failed", title: "SECRET", result: "b SECRET", at: 1 });
    assert.deepEqual(events, [
      { type: "text-delta", block: 0, text: "a [mask]" },
      { type: "tool-end", id: "SECRET", state: "failed", title: "[mask]", result: "b [mask]", at: 1 },
    ]);
  });

  it("masks texts, inputs and results of a message, and keeps bytes and the signature of reasoning", () => {
    const { masked, messages } = recorded();
    const bytes = Buffer.from("SECRET");
    masked.message({
      role: "assistant",
      content: [
        { text: "SECRET" },
        { reasoningContent: { reasoningText: { text: "SECRET", signature: "SECRET" } } },
        { reasoningContent: { redactedContent: bytes } },
        { toolUse: { toolUseId: "SECRET", name: "act", input: { id: "SECRET", list: [{ type: "SECRET" }] } } },
        { toolResult: { toolUseId: "t", content: [{ json: { kind: "SECRET" } }, { text: "SECRET" }] } },
      ],
    });
    assert.deepEqual(messages, [
      {
        role: "assistant",
        content: [
          { text: "[mask]" },
          { reasoningContent: { reasoningText: { text: "[mask]", signature: "SECRET" } } },
          { reasoningContent: { redactedContent: bytes } },
          { toolUse: { toolUseId: "SECRET", name: "act", input: { id: "[mask]", list: [{ type: "[mask]" }] } } },
          { toolResult: { toolUseId: "t", content: [{ json: { kind: "[mask]" } }, { text: "[mask]" }] } },
        ],
      },
    ]);
  });

  it("masks a prompt that waits, and what is attached to it", () => {
    const { masked, prompts } = recorded();
    const attached = { id: "SECRET", label: "a", path: "a", startLine: 1, endLine: 1, text: "SECRET", language: "x" };
    masked.prompt("q1", { text: "my SECRET", attachments: [attached] });
    assert.deepEqual(prompts, [["q1", "my [mask]", "[mask]"]]);
  });

  it("passes a flush on, and leaves what it was given as it was", async () => {
    const { masked, flushes } = recorded();
    const event: ChatEvent = Object.freeze({ type: "text-delta", block: 0, text: "SECRET" });
    masked.event(event);
    await masked.flush();
    assert.deepEqual([event.type === "text-delta" && event.text, flushes()], ["SECRET", 1]);
  });
});
