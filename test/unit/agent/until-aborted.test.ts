import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { untilAborted } from "../../../src/agent/until-aborted.ts";

const never = new Promise<never>(() => undefined);

describe("untilAborted", () => {
  it("answers with the work's result, or its failure", async () => {
    const { signal } = new AbortController();
    assert.equal(await untilAborted(Promise.resolve(3), signal), 3);
    await assert.rejects(untilAborted(Promise.reject(new Error("failed")), signal), new Error("failed"));
  });

  it("gives work up that does not listen, also where the signal was aborted before", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const waiting = untilAborted(never, controller.signal);
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    await assert.rejects(untilAborted(never, controller.signal), reason);
  });
});
