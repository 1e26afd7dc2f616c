import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnswerArrival, tickMs } from "../../../../src/bedrock/network/answer-arrival.ts";
import { textDelta } from "../../../support/scripted-model.ts";

/** So many deltas at once, after a silence. */
interface Group {
  readonly afterMs: number;
  readonly deltas: number;
}

function wasHeldBack(...groups: readonly Group[]): boolean {
  const arrival = new AnswerArrival();
  for (const { afterMs, deltas } of groups) {
    for (let tick = 0; tick < Math.floor(afterMs / tickMs); tick++) arrival.tick();
    for (let index = 0; index < deltas; index++) arrival.note(textDelta(0, "twelve chars"));
    arrival.endTurn();
  }
  return arrival.wasHeldBack;
}

function times(count: number, group: Group): readonly Group[] {
  return Array.from({ length: count }, () => group);
}

describe("AnswerArrival", () => {
  it("an answer that comes in one piece after a long silence was held back", () => {
    assert.equal(wasHeldBack({ afterMs: 6_000, deltas: 100 }), true);
  });

  it("so was one whose piece is handed out in parts, one directly behind the other", () => {
    assert.equal(wasHeldBack({ afterMs: 6_000, deltas: 80 }, ...times(3, { afterMs: 0, deltas: 80 })), true);
  });

  it("so was one that comes in pieces, as a buffer fills: silence, a piece, silence", () => {
    assert.equal(wasHeldBack(...times(4, { afterMs: 550, deltas: 21 }), { afterMs: 100, deltas: 5 }), true);
  });

  it("thinking counts as text does, tool inputs do not: models write some of them at once", () => {
    const [thought, input] = [new AnswerArrival(), new AnswerArrival()];
    for (let tick = 0; tick < 100; tick++) for (const arrival of [thought, input]) arrival.tick();
    for (let index = 0; index < 50; index++) {
      const at = { contentBlockIndex: 0 };
      thought.note({ contentBlockDelta: { ...at, delta: { reasoningContent: { text: "so many words" } } } });
      input.note({ contentBlockDelta: { ...at, delta: { toolUse: { input: "so many words" } } } });
    }
    assert.deepEqual([thought.wasHeldBack, input.wasHeldBack], [true, false]);
  });

  for (const [name, groups] of [
    ["a stream", [{ afterMs: 900, deltas: 1 }, ...times(400, { afterMs: 15, deltas: 1 })]],
    ["a stream after a long thought", [{ afterMs: 40_000, deltas: 1 }, ...times(200, { afterMs: 10, deltas: 1 })]],
    ["the fastest model there is", [{ afterMs: 2_500, deltas: 3 }, ...times(200, { afterMs: 0, deltas: 3 })]],
    ["twos and threes of a network", times(60, { afterMs: 250, deltas: 3 })],
    ["a busy computer", [{ afterMs: 3_000, deltas: 10 }, ...times(40, { afterMs: 100, deltas: 10 })]],
    ["buffers too small to be seen", times(30, { afterMs: 150, deltas: 20 })],
    ["a short answer", [{ afterMs: 6_000, deltas: 20 }]],
    ["one burst in a stream", [{ afterMs: 3_000, deltas: 30 }, ...times(100, { afterMs: 30, deltas: 1 })]],
    ["a quick answer", [{ afterMs: 700, deltas: 100 }]],
    ["nothing", []],
  ] as const) {
    it(`was not held back: ${name}`, () => {
      assert.equal(wasHeldBack(...groups), false);
    });
  }

  it("an answer in one delta tells nothing", () => {
    const arrival = new AnswerArrival();
    for (let tick = 0; tick < 100; tick++) arrival.tick();
    arrival.note(textDelta(0, "x".repeat(5_000)));
    assert.equal(arrival.wasHeldBack, false);
  });
});
