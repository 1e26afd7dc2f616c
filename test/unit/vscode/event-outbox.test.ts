import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { EventOutbox } from "../../../src/vscode/event-outbox.ts";

const text = (value: string): ChatEvent => ({ type: "text-delta", block: 0, text: value });
const resume = (at: number): ChatEvent => ({ type: "turn-resume", at });

/** An outbox whose posts are kept, and a clock that only `pass` moves on. */
function open(test: TestContext) {
  test.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1_000;
  test.mock.method(performance, "now", () => now);
  const posts: (readonly [seq: number, events: readonly ChatEvent[]])[] = [];
  const outbox = new EventOutbox((events, seq) => posts.push([seq, events]));
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    test.mock.timers.tick(milliseconds);
  };
  return { outbox, posts, pass };
}

describe("EventOutbox", () => {
  it("posts the first event at once", (test) => {
    const { outbox, posts } = open(test);
    outbox.add(text("a"));
    assert.deepEqual(posts, [[1, [text("a")]]]);
  });

  it("B2.38 posts what follows once a frame, neighbours merged", (test) => {
    const { outbox, posts, pass } = open(test);
    outbox.add(text("a"));
    for (const part of ["b", "c"]) outbox.add(text(part));
    outbox.add(resume(1));
    outbox.add(text("d"));
    pass(15);
    assert.equal(posts.length, 1);
    pass(1);
    assert.deepEqual(posts.slice(1), [[4, [text("bc"), resume(1), text("d")]]]);
    outbox.add(text("e"));
    pass(16);
    assert.deepEqual(posts.slice(2), [[5, [text("e")]]]);
  });

  it("posts at once again after a pause", (test) => {
    const { outbox, posts, pass } = open(test);
    outbox.add(text("a"));
    pass(16);
    outbox.add(text("b"));
    assert.deepEqual(posts, [
      [1, [text("a")]],
      [2, [text("b")]],
    ]);
  });

  it("does not merge into an event that was posted", (test) => {
    const { outbox, posts } = open(test);
    outbox.add(text("a"));
    outbox.add(text("b"));
    assert.deepEqual(posts, [[1, [text("a")]]]);
  });

  it("drops what waits at a snapshot, which holds it, and numbers on from there", (test) => {
    const { outbox, posts, pass } = open(test);
    assert.equal(outbox.reset(), 0);
    outbox.add(text("a"));
    outbox.add(text("in the snapshot"));
    assert.equal(outbox.reset(), 1);
    pass(100);
    assert.equal(posts.length, 1);
    outbox.add(text("b"));
    outbox.add(resume(1));
    outbox.add(resume(2));
    pass(16);
    assert.deepEqual(posts.slice(1), [
      [2, [text("b")]],
      [4, [resume(1), resume(2)]],
    ]);
  });
});
