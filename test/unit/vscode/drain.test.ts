import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { drain } from "../../../src/vscode/drain.ts";

/** A drain whose pieces, end and time the test holds. */
function begin(context: TestContext) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { promise, resolve } = Promise.withResolvers<void>();
  const abort = new AbortController();
  let pieces = 0;
  let isOver = false;
  void drain(promise, () => pieces, { silenceMs: 2_000, signal: abort.signal }).then(() => {
    isOver = true;
  });
  return {
    end: resolve,
    abort: () => abort.abort(),
    piece: () => {
      pieces += 1;
    },
    isOverAfter: async (milliseconds: number): Promise<boolean> => {
      context.mock.timers.tick(milliseconds);
      for (let step = 0; step < 20; step += 1) await turn();
      return isOver;
    },
  };
}

test("What still comes is waited for, however long it takes", async (context) => {
  const { piece, end, isOverAfter } = begin(context);

  for (let second = 0; second < 60; second += 2) {
    piece();
    assert.equal(await isOverAfter(2_000), false);
  }
  end();

  assert.equal(await isOverAfter(0), true);
});

test("After a silence it is given up", async (context) => {
  const { piece, isOverAfter } = begin(context);

  piece();
  assert.equal(await isOverAfter(2_000), false);
  assert.equal(await isOverAfter(1_999), false);
  assert.equal(await isOverAfter(1), true);
});

test("Once it is aborted no more than one silence is waited for, whatever still comes", async (context) => {
  const { piece, abort, isOverAfter } = begin(context);

  piece();
  abort();
  assert.equal(await isOverAfter(1_999), false);
  assert.equal(await isOverAfter(1), true);
});
