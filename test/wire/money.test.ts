import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { openPaid } from "../support/paid-session.ts";
import { modelId, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();
process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
process.env["AWS_SECRET_ACCESS_KEY"] = "test";

const prices = "price table of 2026-11-21";

const costsOf = (events: readonly ChatEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === "step-end" || event.type === "turn-end" ? [event.cost] : []));

for (const transport of transports) {
  describe(`money over ${nameOf(transport)}`, () => {
    it("B2.35 the cost uses the four rates, and that of an hour for what is written to the cache for so long", async (test) => {
      const kinds = { inputTokens: 100_000, outputTokens: 10_000, totalTokens: 110_000 };
      const cache = { cacheReadInputTokens: 200_000, cacheWriteInputTokens: 40_000 };
      const cacheDetails = [
        { ttl: "1h" as const, inputTokens: 30_000 },
        { ttl: "5m" as const, inputTokens: 10_000 },
      ];
      const paid = await openPaid(test, transport, [{ text: "Hi", usage: { ...kinds, ...cache, cacheDetails } }]);
      assert.deepEqual(await paid.say(), { kind: "completed" });
      // 0.3 input, 0.15 output, 0.06 read, 0.0375 written for five minutes, 0.18 for an hour.
      const [turn] = paid.session.chat.past;
      assert.equal(turn?.cost?.dollars.toFixed(6), "0.727500");
      assert.deepEqual([turn?.cost?.unknown, turn?.cost?.prices], [0, prices]);
      assert.equal(turn?.usage?.hourCacheWriteInputTokens, 30_000);
      const { context } = turn ?? {};
      assert.equal(context && context.system + context.tools + context.history + context.attachments, 350_000);
      const [record] = await paid.ledger.read();
      assert.deepEqual([record?.model, record?.region, record?.profile], [modelId, "us-east-1", "work"]);
      assert.equal(record?.host, new URL(paid.emulator.url).host);
      assert.equal(record?.cost?.toFixed(6), "0.727500");
    });

    it("B2.34 the cost of an answer without usage is unknown, and no dollar is shown for it", async (test) => {
      const events = [{ event: "messageStop", payload: { stopReason: "end_turn" } }];
      const paid = await openPaid(test, transport, [{ events }]);
      await paid.say();
      assert.deepEqual(costsOf(paid.events), [{ dollars: 0, unknown: 1, prices }, undefined]);
      const [record] = await paid.ledger.read();
      assert.deepEqual([record?.usage, record?.cost, record?.saved], [null, null, null]);
    });

    it("an attempt that broke off counts to its step, one that was refused does not", async (test) => {
      const own = { inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 };
      const paid = await openPaid(
        test,
        transport,
        [
          { text: "Lost", fault: { kind: "reset", afterEvents: 1 } },
          { fault: { kind: "http-error", status: 429 } },
          { text: "Found", usage: own },
        ],
        { retries: 3 },
      );
      assert.deepEqual(await paid.say(), { kind: "completed" });
      assert.deepEqual(costsOf(paid.events), [{ dollars: 0.0045, unknown: 1, prices }, undefined]);
      assert.deepEqual(
        (await paid.ledger.read()).map(({ cost }) => cost),
        [null, 0.0045],
      );
    });

    it("most of the turn's cap spent is told in the chat, and at the cap the turn pauses", async (test) => {
      const dear = { inputTokens: 300_000, outputTokens: 0, totalTokens: 300_000 };
      const again = { toolUses: [{ name: "none", input: {} }], usage: dear };
      const paid = await openPaid(test, transport, [again, again, again], { perTurn: 1 });
      const outcome = await paid.say();
      assert.equal(outcome?.kind === "paused" && outcome.pause.what, "dollars-per-turn");
      assert.deepEqual(paid.notices, ["This turn has cost $0.90 of the $1.00 allowed."]);
    });
  });
}
