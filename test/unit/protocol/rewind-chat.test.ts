import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { costOfChat } from "../../../src/protocol/cost.ts";
import { fold } from "../../support/chat-events.ts";

const cost = { dollars: 1, unknown: 0, prices: "p" };

function turn(id: string, ...inside: readonly ChatEvent[]): readonly ChatEvent[] {
  return [
    { type: "turn-start", turnId: id, prompt: id, attachments: [], connection: { kind: "demo" }, at: 0 },
    ...inside,
    { type: "turn-end", outcome: { kind: "completed" }, at: 1, cost },
  ];
}

const compacted: ChatEvent = {
  type: "compaction",
  compaction: { kind: "trim", id: 1, before: 3 },
  usage: null,
  at: 0,
};
const plan: ChatEvent = { type: "plan", items: [{ text: "a", status: "pending" }], at: 0 };
const withheld: ChatEvent = {
  type: "withheld",
  places: [
    { message: 1, block: 0, reason: "refused" },
    { message: 4, block: 0, reason: "refused" },
  ],
  at: 0,
};
const rewind: ChatEvent = { type: "rewind", turnId: "two", messages: 2, at: 2 };
const three = [...turn("one"), ...turn("two", compacted, plan, withheld), ...turn("three")];

describe("a conversation that is rewound", () => {
  it("ends before the turn, without its plan, its compaction and what it withheld of itself", () => {
    const { past, compactions, withheld: left, plan: now, rewound } = fold([...three, rewind]);
    assert.deepEqual(
      past.map(({ id }) => id),
      ["one"],
    );
    assert.deepEqual([compactions, now], [[], undefined]);
    assert.deepEqual(left, [{ message: 1, block: 0, reason: "refused" }]);
    assert.deepEqual(
      rewound?.turns.map(({ id }) => id),
      ["two", "three"],
    );
  });

  it("is again what it was when that is undone, also after it was rewound twice", () => {
    const before = fold(three);
    assert.deepEqual(fold([...three, rewind, { type: "rewind-undone", at: 3 }]), before);
    const further: ChatEvent = { type: "rewind", turnId: "one", messages: 0, at: 3 };
    assert.deepEqual(fold([...three, rewind, further, { type: "rewind-undone", at: 4 }]), before);
  });

  it("cannot be taken back once another turn began, and its cost stays counted", () => {
    const state = fold([...three, rewind, ...turn("four"), { type: "rewind-undone", at: 9 }]);
    assert.deepEqual(
      state.past.map(({ id }) => id),
      ["one", "four"],
    );
    assert.equal(state.rewound, undefined);
    assert.equal(costOfChat(state)?.dollars, 4);
    assert.equal(costOfChat(fold([...three, rewind]))?.dollars, 3);
  });

  it("stays as it is while a turn runs, and without such a turn", () => {
    const start: ChatEvent = {
      type: "turn-start",
      turnId: "x",
      prompt: "x",
      attachments: [],
      connection: { kind: "demo" },
      at: 0,
    };
    const running = fold([...three, start]);
    assert.equal(fold([rewind], running), running);
    const state = fold(three);
    assert.equal(fold([{ ...rewind, turnId: "nobody" }], state), state);
  });
});
