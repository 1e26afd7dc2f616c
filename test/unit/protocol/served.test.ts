import assert from "node:assert/strict";
import { it } from "node:test";
import { parseRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";

const start: ChatEvent = {
  type: "turn-start",
  turnId: "t1",
  prompt: "Hi",
  attachments: [],
  connection: { kind: "demo" },
  at: 1,
};
const cache = { share: 0.5, detail: "10 tokens were read from the prompt cache.", endsAt: 300_000 };

it("a turn keeps what was told last of how it was served, also in the journal", () => {
  const events: readonly ChatEvent[] = [
    start,
    { type: "served", cache: { ...cache, share: 0 }, differences: ["latency standard, not optimized"], at: 2 },
    { type: "served", cache, differences: [], at: 3 },
    { type: "turn-end", outcome: { kind: "completed" }, at: 4 },
  ];
  const kept = events.map((event) => parseRecord(serializeRecord({ event })));
  assert.deepEqual(
    kept,
    events.map((event) => ({ event })),
  );
  const chat = events.reduce(reduceChat, emptyChat("s1"));
  assert.deepEqual(chat.past[0]?.served, { cache, differences: [] });
});
