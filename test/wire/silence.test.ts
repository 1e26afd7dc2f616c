import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { isModelError } from "../../src/agent/model.ts";
import { defaultFirstByteMs, defaultIdleMs } from "../../src/bedrock/bedrock-settings.ts";
import { createClient } from "../../src/bedrock/client.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { SilentPhase } from "../../src/protocol/chat-event.ts";
import { modelId, nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const delta = (content: Record<string, string | { readonly [key: string]: string }>) => ({
  event: "contentBlockDelta",
  payload: { contentBlockIndex: 0, delta: content },
});
const start = { event: "messageStart", payload: { role: "assistant" } };
const toolStart = {
  event: "contentBlockStart",
  payload: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "tooluse_1", name: "look" } } },
};

/** Where a stream falls silent, and the setting that limits it. */
const stalls: readonly (readonly [SilentPhase, object, Reply])[] = [
  ["first-byte", { firstByteMs: 90 }, { text: "Hi.", fault: { kind: "stall", beforeHeaders: true } }],
  ["first-byte", { firstByteMs: 90 }, { text: "Hi.", fault: { kind: "stall", afterEvents: 0 } }],
  ["thinking", { thinkingMs: 90 }, { text: "Hi.", fault: { kind: "stall", afterEvents: 1 } }],
  [
    "thinking",
    { thinkingMs: 90 },
    {
      events: [start, delta({ reasoningContent: { text: "hm" } }), delta({ text: "x" })],
      fault: { kind: "stall", afterEvents: 2 },
    },
  ],
  ["text", { textMs: 90 }, { text: "Hi there.", fault: { kind: "stall", afterEvents: 2 } }],
  [
    "tool-input",
    { toolInputMs: 90 },
    { events: [start, toolStart, delta({ toolUse: { input: "{" } })], fault: { kind: "stall", afterEvents: 2 } },
  ],
];

for (const transport of transports) {
  describe(`silence over ${nameOf(transport)}`, () => {
    for (const [index, [phase, limits, reply]] of stalls.entries()) {
      it(`B5.81 a stall is told and then ended by the limit of its phase: ${phase} (${index + 1})`, async (test) => {
        const wire = await openWire(test, transport, [reply]);
        const told: unknown[] = [];
        const { kind, retry, error } = await wire.fail(limits, { onSilence: (silence) => void told.push(silence) });
        assert.equal(kind, phase === "first-byte" ? "timeout_first_byte" : "timeout_idle");
        assert.equal(retry.most, 1);
        assert.equal(error.detail, "Nothing came for 0.09 s; Outcrop closed the connection.");
        assert.deepEqual(told.at(-1), { phase, silentMs: 30, limitMs: 90 });
      });
    }

    it("B5.81 the limits are a minute and five minutes at least, where nobody sets them", () => {
      assert.ok(defaultFirstByteMs >= 60_000);
      assert.ok(defaultIdleMs >= 300_000);
    });

    it("B5.82 a slow stream that lives outlasts the limit of a silence many times", async (test) => {
      const words = Array.from({ length: 24 }, (_, index) => `${index} `);
      const wire = await openWire(test, transport, [{ text: words, tokensPerSecond: 20 }]);
      const { events, error } = await wire.call({ idleMs: 600 });
      assert.deepEqual([textOf(events), error], [words.join(""), undefined]);
    });

    it("B5.83 the socket has a time limit of its own behind the longest of the phases", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Hi." }]);
      const client = createClient({ ...wire.settings, firstByteMs: 1_000, thinkingMs: 70_000, idleMs: 2_000 });
      test.after(() => client.destroy());
      const messages: Message[] = [{ role: "user", content: [{ text: "Hi" }] }];
      await client.send(new ConverseCommand({ modelId, messages }));
      const { requestHandler } = client.config;
      assert.ok(requestHandler instanceof NodeHttpHandler);
      assert.equal(requestHandler.httpHandlerConfigs().socketTimeout, 100_000);
    });

    it("B5.83 a time-out of the socket is told as a stall", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Hi.", fault: { kind: "stall", afterEvents: 2 } }]);
      const pool = new ClientPool(new NodeHttpHandler({ socketTimeout: 100 }));
      test.after(() => pool.close());
      const stream = pool
        .model(wire.settings)
        .converseStream({ messages: [{ role: "user", content: [{ text: "Hi" }] }] }, new AbortController().signal);
      const reading = (async () => {
        for await (const _ of stream);
      })();
      await assert.rejects(reading, (error) => isModelError(error) && error.kind === "timeout_idle");
    });
  });
}
