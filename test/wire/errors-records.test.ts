import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import type { CallRecord } from "../../src/agent/model.ts";
import type { Timing } from "../../src/agent/timing.ts";
import { exceptionReply, faultyReply, httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { startRelay } from "../faults/relay.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { modelId, nameOf, type Transport, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns, type WireTurnsOptions } from "../support/wire-session.ts";

useOwnEnvironment();

const hi = { text: "Hi", attachments: [] };
const unreachable = { most: 2, waits: [750, 1_500] };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 1;
}

function rows({ events }: WireTurns): readonly unknown[] {
  return events.flatMap((event) =>
    event.type === "retry-scheduled" ? [[event.error.kind, event.retry, event.retries, event.delayMs]] : [],
  );
}

/** A session whose failed calls are kept. */
async function openRecorded(
  test: TestContext,
  transport: Transport,
  replies: readonly Reply[],
  options: WireTurnsOptions = {},
) {
  const records: CallRecord[] = [];
  const onFailure = (record: CallRecord): void => void records.push(record);
  const turns = await openWireTurns(test, transport, replies, { timing: fakeTiming(), ...options, onFailure });
  return { ...turns, records };
}

for (const transport of transports) {
  const scheme = transport === "tls" ? "https" : "http";

  describe(`an endpoint out of reach over ${nameOf(transport)}`, { timeout: 60_000 }, () => {
    for (const host of ["127.0.0.1", "endpoint.invalid"]) {
      it(`B4.73 ${host} is asked twice more with a visible wait, then it is the user's turn`, async (test) => {
        const timing = fakeTiming();
        const endpoint = `${scheme}://${host}:${await freePort()}`;
        const turns = await openRecorded(test, transport, [textReply("x")], {
          timing,
          settings: { endpoint },
          retries: 9,
        });
        const outcome = await turns.session.send(hi);
        assert.ok(outcome?.kind === "failed");
        assert.deepEqual([outcome.error.kind, outcome.error.actions], ["network", ["retry", "open-settings"]]);
        assert.match(outcome.error.message, /\((?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\): check the connection/);
        assert.deepEqual(rows(turns), [
          ["network", 1, unreachable.most, unreachable.waits[0]],
          ["network", 2, unreachable.most, unreachable.waits[1]],
        ]);
        assert.deepEqual(timing.waits, unreachable.waits);
        assert.deepEqual(
          turns.records.map(({ attempt }) => attempt),
          [1, 2, 3],
        );
      });
    }

    it("B4.73 a turn goes on by itself when the endpoint is there at the second retry", async (test) => {
      const port = await freePort();
      const held = fakeTiming();
      let target = 0;
      const timing: Timing = {
        ...held,
        wait: async (milliseconds, signal) => {
          await held.wait(milliseconds, signal);
          if (held.waits.length < 2) return;
          const relay = await startRelay(target, port);
          test.after(() => relay.close());
        },
      };
      const endpoint = `${scheme}://127.0.0.1:${port}`;
      const turns = await openRecorded(test, transport, [textReply("Here.")], { timing, settings: { endpoint } });
      target = turns.emulator.port;
      assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
      assert.deepEqual(rows(turns).length, 2);
      assert.equal(turns.emulator.requests.length, 1);
    });
  });

  describe(`the record of a failed call over ${nameOf(transport)}`, { timeout: 60_000 }, () => {
    it("B4.76 has its attempt and the last event that came, whatever was tried again, also unseen", async (test) => {
      const turns = await openRecorded(test, transport, [
        faultyReply({ kind: "reset", beforeHeaders: true }),
        faultyReply({ kind: "truncate", afterEvents: 2 }),
        httpErrorReply(503, "ServiceUnavailableException", "Down."),
        exceptionReply("modelStreamErrorException", "Failed.", 1),
        textReply("At last."),
      ]);
      assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
      const { url } = turns.emulator;
      assert.deepEqual(
        turns.records.map(({ requestId, elapsedMs, ...record }) => ({
          ...record,
          hasId: requestId !== "none: stream error",
        })),
        [
          { kind: "network", httpStatus: undefined, events: 0, lastEvent: undefined, attempt: 1, hasId: false },
          {
            kind: "truncated_stream",
            httpStatus: undefined,
            events: 2,
            lastEvent: "contentBlockDelta",
            attempt: 2,
            hasId: true,
          },
          { kind: "server", httpStatus: 503, events: 0, lastEvent: undefined, attempt: 3, hasId: true },
          { kind: "model_error", httpStatus: undefined, events: 1, lastEvent: "messageStart", attempt: 4, hasId: true },
        ].map((record) => ({ ...record, modelId, region: "us-east-1", endpoint: url })),
      );
      assert.ok(turns.records.every(({ elapsedMs }) => Number.isInteger(elapsedMs) && elapsedMs >= 0));
      assert.deepEqual(
        turns.events.flatMap((event) => (event.type === "retry-scheduled" ? [event.error.kind] : [])),
        ["truncated_stream", "server", "model_error"],
      );
    });
  });
}
