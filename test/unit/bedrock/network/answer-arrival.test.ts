import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnswerArrival } from "../../../../src/bedrock/network/answer-arrival.ts";
import { textDelta } from "../../../support/scripted-model.ts";

/** Deltas of so many characters, a group at a time: when each group begins, and the milliseconds between its deltas. */
interface Group {
  readonly at: number;
  readonly deltas: number;
  readonly every: number;
  readonly characters?: number;
}

function wasHeldBack(...groups: readonly Group[]): boolean {
  const arrival = new AnswerArrival(0);
  arrival.note({ messageStart: { role: "assistant" } }, groups[0]?.at ?? 0);
  for (const { at, deltas, every, characters = 12 } of groups) {
    for (let index = 0; index < deltas; index++) arrival.note(textDelta(0, "x".repeat(characters)), at + index * every);
  }
  return arrival.wasHeldBack;
}

describe("AnswerArrival", () => {
  it("an answer that comes in one piece after a long silence was held back", () => {
    assert.equal(wasHeldBack({ at: 6_000, deltas: 100, every: 0.2 }), true);
  });

  it("so was one that comes in pieces, as a buffer fills: each piece at once, and silence between them", () => {
    const pieces = [1_000, 2_000, 3_000].map((at) => ({ at, deltas: 40, every: 0.1 }));
    assert.equal(wasHeldBack(...pieces, { at: 3_200, deltas: 3, every: 0.1 }), true);
  });

  it("thinking counts as text does", () => {
    const arrival = new AnswerArrival(0);
    for (let index = 0; index < 50; index++) {
      const delta = { reasoningContent: { text: "so many words" } };
      arrival.note({ contentBlockDelta: { contentBlockIndex: 0, delta } }, 5_000);
    }
    assert.equal(arrival.wasHeldBack, true);
  });

  for (const [name, groups] of [
    ["a stream", [{ at: 900, deltas: 400, every: 15 }]],
    ["a stream after a long thought that is not shown", [{ at: 40_000, deltas: 200, every: 10 }]],
    ["the fastest model there is, after two seconds", [{ at: 2_500, deltas: 200, every: 1.5 }]],
    ["twos and threes of a network", Array.from({ length: 60 }, (_, n) => ({ at: n * 90, deltas: 3, every: 0.1 }))],
    ["a short answer", [{ at: 6_000, deltas: 20, every: 0.1 }]],
    ["an answer in one delta", [{ at: 6_000, deltas: 1, every: 0, characters: 5_000 }]],
    [
      "one burst in a stream",
      [
        { at: 3_000, deltas: 30, every: 0.1 },
        { at: 4_000, deltas: 100, every: 30 },
      ],
    ],
    ["a quick answer", [{ at: 700, deltas: 100, every: 0.1 }]],
    ["nothing", []],
  ] as const) {
    it(`was not held back: ${name}`, () => {
      assert.equal(wasHeldBack(...groups), false);
    });
  }

  it("tool inputs tell nothing: models write some of them at once", () => {
    const arrival = new AnswerArrival(0);
    for (let index = 0; index < 100; index++) {
      arrival.note(
        { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: "x".repeat(20) } } } },
        6_000,
      );
    }
    assert.equal(arrival.wasHeldBack, false);
  });
});
