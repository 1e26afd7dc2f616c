import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import { extractWithRetries } from "../../../src/agent/extract-with-retries.ts";
import { LimitReached, withinLimit } from "../../../src/agent/within-limit.ts";
import { fakeTiming } from "../../support/fake-timing.ts";
import { heldTiming } from "../../support/held-timing.ts";
import {
  messageStop,
  modelError,
  type ReplyPart,
  ScriptedModel,
  toolBlock,
  untilStopped,
} from "../../support/scripted-model.ts";

const form = { name: "f", description: "Takes it.", schema: z.object({ a: z.number() }) };
const filled = [...toolBlock(0, "t1", "f", '{"a":1}'), messageStop("tool_use")];

async function run(retries: number, ...replies: (readonly ReplyPart[])[]) {
  const timing = fakeTiming();
  const { signal } = new AbortController();
  const model = new ScriptedModel(...replies);
  const outcome = await extractWithRetries({
    ...{ form, system: "", input: "Hi", model, signal, timing, retries, longestWaitMs: 5_000 },
  }).catch((error: unknown) => error);
  return { outcome, waits: timing.waits };
}

describe("extractWithRetries", () => {
  it("sends a call again as its failure allows, with longer waits up to the longest", async () => {
    const throttled = [modelError("throttled", 8, 2_000)];
    const { outcome, waits } = await run(5, throttled, throttled, throttled, filled);
    assert.deepEqual([outcome, waits], [{ value: { a: 1 }, usage: null }, [2_000, 4_000, 5_000]]);
  });

  it("gives up where the failure or the limit says so, with the failure itself", async () => {
    const denied = modelError("access_denied");
    assert.deepEqual(await run(5, [denied]), { outcome: denied, waits: [] });
    const throttled = modelError("throttled", 8, 10);
    assert.deepEqual(await run(1, [throttled], [throttled]), { outcome: throttled, waits: [10] });
  });
});

describe("withinLimit", () => {
  it("gives up work that takes too long, and work that is stopped", async () => {
    const wait = (signal: AbortSignal) => untilStopped(signal);
    const { signal } = new AbortController();
    await assert.rejects(withinLimit({ limitMs: 5, timing: fakeTiming(), signal }, wait), LimitReached);
    const stop = new AbortController();
    const stopped = withinLimit({ limitMs: 5, timing: heldTiming(), signal: stop.signal }, wait);
    stop.abort(new Error("Stopped."));
    await assert.rejects(stopped, /^Error: Stopped\.$/);
  });

  it("gives the result, or the failure, of work that is done in time", async () => {
    const limit = { limitMs: 5, timing: heldTiming(), signal: new AbortController().signal };
    assert.equal(await withinLimit(limit, async () => 1), 1);
    await assert.rejects(
      withinLimit(limit, () => Promise.reject(new Error("No."))),
      /^Error: No\.$/,
    );
    assert.deepEqual(limit.timing.waiting, []);
  });
});
