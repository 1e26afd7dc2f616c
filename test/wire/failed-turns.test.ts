import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const retries = 3;
const failedTurns = 20;

for (const transport of transports) {
  describe(`turns that fail over ${nameOf(transport)}`, () => {
    for (const [status, type, kind] of [
      [429, "ThrottlingException", "throttled"],
      [500, "InternalServerException", "server"],
    ] as const) {
      it(`B1.14 after ${failedTurns} turns that ended with ${status}, the next one makes all of its retries`, async (test) => {
        const failing = failedTurns * (retries + 1) + retries;
        let asked = 0;
        const turns = await openWireTurns(
          test,
          transport,
          () => (++asked <= failing ? httpErrorReply(status, type, "No.") : textReply("At last.")),
          { timing: fakeTiming(), retries },
        );
        for (let turn = 1; turn <= failedTurns; turn++) {
          const outcome = await turns.session.send({ text: `Turn ${turn}`, attachments: [] });
          assert.equal(outcome?.kind === "failed" && outcome.error.kind, kind);
          assert.equal(turns.emulator.requests.length, turn * (retries + 1));
        }
        const last = await turns.session.send({ text: "Once more", attachments: [] });
        assert.deepEqual(last, { kind: "completed" });
        assert.equal(turns.emulator.requests.length, failing + 1);
        const scheduled = turns.events.filter(({ type: event }) => event === "retry-scheduled");
        assert.deepEqual(
          scheduled.slice(-retries).map((event) => event.type === "retry-scheduled" && [event.retry, event.retries]),
          [
            [1, retries],
            [2, retries],
            [3, retries],
          ],
        );
      });
    }
  });
}
