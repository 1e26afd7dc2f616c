import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { uniqueIds } from "../../../src/chat/unique-ids.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";

describe("uniqueIds", () => {
  it("keeps an id that is new and numbers one that was seen", () => {
    const uniqueId = uniqueIds(emptyChat("s"));
    assert.deepEqual(["a", "b", "a", "a", "a-2", "b"].map(uniqueId), ["a", "b", "a-2", "a-3", "a-2-2", "b-2"]);
  });

  it("knows the calls of past turns and of the current one", () => {
    const past = fold(wholeTurn);
    const start: ChatEvent = { type: "tool-start", id: "call-3", name: "t", title: "T", at: 1 };
    const current = fold([...wholeTurn.slice(0, 1), start], past);
    assert.deepEqual(["call-1", "call-2", "call-3", "call-4"].map(uniqueIds(current)), [
      "call-1-2",
      "call-2-2",
      "call-3-2",
      "call-4",
    ]);
  });
});
