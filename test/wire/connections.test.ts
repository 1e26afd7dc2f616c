import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { exceptionReply, httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { startWatchedRelay } from "../support/watched-relay.ts";
import { nameOf, openWire, type Transport, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { untilAnswersEnded } from "../support/wire-session.ts";

useOwnEnvironment();

const slow = { tokensPerSecond: 20 };
const words = Array.from({ length: 200 }, (_, index) => `${index} `);

/**
 * What "closed" means: an answer that was not read to its end takes its TCP connection with it; one that was leaves at most
 * one connection, which the next call uses and which goes with the client.
 */
for (const transport of transports) {
  describe(`connections over ${nameOf(transport)}`, { timeout: 120_000 }, () => {
    const leaves: readonly (readonly [name: string, reply: Reply, call: (open: Opened) => Promise<unknown>])[] = [
      [
        "a loop that is left",
        { text: words, ...slow },
        async ({ stream }) => {
          for await (const { contentBlockDelta } of stream) if (contentBlockDelta !== undefined) break;
        },
      ],
      [
        "an error of the reader",
        { text: words, ...slow },
        async ({ stream }) => {
          const reading = (async () => {
            for await (const _ of stream) throw new Error("mine");
          })();
          await assert.rejects(reading, { message: "mine" });
        },
      ],
      [
        "Stop",
        { text: words, ...slow },
        async ({ stream, stop }) => {
          const reading = (async () => {
            for await (const _ of stream) stop.abort(new Error("stopped"));
          })();
          await assert.rejects(reading, { message: "stopped" });
        },
      ],
      [
        "a silence",
        { text: words, fault: { kind: "stall", afterEvents: 2 } },
        ({ stream }) => assert.rejects(readAll(stream), { name: "ModelError" }),
      ],
      [
        "an exception in the stream",
        exceptionReply("modelStreamErrorException", "Failed.", 1),
        ({ stream }) => assert.rejects(readAll(stream), { name: "ModelError" }),
      ],
      [
        "a damaged frame",
        { text: words, fault: { kind: "bad-checksum", afterEvents: 2 } },
        ({ stream }) => assert.rejects(readAll(stream), { name: "ModelError" }),
      ],
    ];
    for (const [name, reply, read] of leaves) {
      it(`B5.79 after ${name} the server sees its connection closed`, async (test) => {
        const opened = await openStream(test, transport, reply);
        await read(opened);
        await untilAnswersEnded(opened.wire);
        await opened.relay.untilClosed(1);
        assert.deepEqual(opened.relay.open(), 0);
      });
    }

    it("B5.79 a complete answer is over, its connection serves the next call, and goes with the client", async (test) => {
      const opened = await openStream(test, transport, textReply("Hi."), textReply("Hi again."));
      await readAll(opened.stream);
      await untilAnswersEnded(opened.wire);
      assert.equal((await opened.wire.call(opened.own)).error, undefined);
      assert.deepEqual(
        opened.wire.emulator.requests.map(({ connection, closedByClient }) => [connection, closedByClient]),
        [
          [1, false],
          [1, false],
        ],
      );
      assert.equal(opened.relay.open(), 1);
      opened.wire.pool.close();
      await opened.relay.untilClosed(1);
      assert.equal(opened.relay.open(), 0);
    });

    it("B5.79 a refusal leaves no more than the one connection that the next call uses", async (test) => {
      const opened = await openStream(
        test,
        transport,
        httpErrorReply(400, "ValidationException", "No."),
        httpErrorReply(500, "InternalServerException", "No."),
        textReply("Yes."),
      );
      await assert.rejects(readAll(opened.stream), { name: "ModelError" });
      await opened.wire.fail(opened.own);
      assert.equal((await opened.wire.call(opened.own)).error, undefined);
      assert.ok(opened.relay.open() <= 1);
      opened.wire.pool.close();
      await opened.relay.untilClosed(opened.relay.opened());
    });
  });
}

type Opened = Awaited<ReturnType<typeof openStream>>;

/** A call through a relay that counts its connections, and nothing read yet. */
async function openStream(test: TestContext, transport: Transport, ...replies: readonly Reply[]) {
  const wire = await openWire(test, transport, replies);
  const relay = await startWatchedRelay(test, wire.emulator.port);
  const own = { endpoint: `${new URL(wire.emulator.url).protocol}//127.0.0.1:${relay.port}`, textMs: 500 };
  const stop = new AbortController();
  const model = wire.pool.model({ ...wire.settings, ...own });
  const messages = [{ role: "user" as const, content: [{ text: "Hi" }] }];
  return { wire, relay, own, stop, stream: model.converseStream({ messages }, stop.signal) };
}

async function readAll(stream: Opened["stream"]): Promise<void> {
  for await (const _ of stream);
}
