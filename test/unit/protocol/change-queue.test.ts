import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";

const fold = (...events: readonly ChatEvent[]) => events.reduce(reduceChat, emptyChat("s1"));
const queued = (id: string): ChatEvent => ({
  type: "queued",
  prompt: { id, text: id, attachments: [], action: "queue" },
  at: 1,
});
const start: ChatEvent = {
  type: "turn-start",
  turnId: "1",
  prompt: "go",
  attachments: [],
  connection: { kind: "demo" },
  at: 0,
};

describe("the queue of a chat", () => {
  it("holds what waits in its order, also behind the end of the turn, and is absent when nothing does", () => {
    const end: ChatEvent = { type: "turn-end", outcome: { kind: "cancelled" }, at: 2 };
    const both = fold(start, queued("a"), queued("b"), end);
    assert.deepEqual(
      both.queued?.map(({ id }) => id),
      ["a", "b"],
    );
    const one = reduceChat(both, { type: "unqueued", ids: ["a", "nobody"], at: 3 });
    assert.deepEqual(
      one.queued?.map(({ id }) => id),
      ["b"],
    );
    assert.equal("queued" in reduceChat(one, { type: "unqueued", ids: ["b"], at: 4 }), false);
  });

  it("shows what steered in the turn, in the step that it came behind", () => {
    const steered: ChatEvent = { type: "steered", id: "a", prompt: "left", attachments: [], at: 3 };
    const { current } = fold(start, { type: "step-start", step: 2, attempt: 1, at: 1 }, steered);
    assert.deepEqual(current?.parts, [{ kind: "steered", step: 2, id: "a", prompt: "left", attachments: [] }]);
    assert.deepEqual(fold(steered), emptyChat("s1"));
  });

  it("UX62 is archived and taken back", () => {
    const archived = fold({ type: "archived", archived: true, at: 1 });
    assert.equal(archived.archived, true);
    assert.deepEqual(reduceChat(archived, { type: "archived", archived: false, at: 2 }), emptyChat("s1"));
  });
});
