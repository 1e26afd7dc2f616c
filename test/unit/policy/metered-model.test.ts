import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type Model, ModelError, type ModelRequest } from "../../../src/agent/model.ts";
import { PausedTurn } from "../../../src/agent/paused-turn.ts";
import type { Bill } from "../../../src/policy/budgets/bill.ts";
import { DayLedger } from "../../../src/policy/budgets/day-ledger.ts";
import { meteredModel } from "../../../src/policy/budgets/metered-model.ts";
import { pricesDate } from "../../../src/policy/budgets/price-of.ts";
import { SpendBudget } from "../../../src/policy/budgets/spend-budget.ts";
import { maskedModel } from "../../../src/policy/redaction/masked-model.ts";
import { messageStop, type ReplyPart, ScriptedModel, textBlock, usage } from "../../support/scripted-model.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const hello: ModelRequest = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };
const { signal } = new AbortController();

async function metered(test: TestContext, replies: readonly (readonly ReplyPart[])[], perTurn = 1, id = modelId) {
  const spend = new SpendBudget(new DayLedger(await temporaryFolder(test), () => "2026-11-21"), {
    perTurn,
    perSession: 100,
    perDay: 100,
  });
  const inner = new ScriptedModel(...replies);
  const costs: number[] = [];
  const bills: Bill[] = [];
  const model = meteredModel(inner, {
    modelId: id,
    maxTokens: 10_000,
    spend,
    onCost: async (cost) => void costs.push(cost),
    onBill: (bill) => bills.push(bill),
  });
  return { model, inner, spend, costs, bills };
}

async function drain(model: Model, request = hello, most = Number.POSITIVE_INFINITY): Promise<void> {
  let count = 0;
  for await (const _ of model.converseStream(request, signal)) if (++count >= most) return;
}

describe("meteredModel", () => {
  it("counts a call at its real cost, once it is known", async (test) => {
    const { model, spend, costs } = await metered(test, [
      [...textBlock(0, "Hi"), messageStop("end_turn"), usage(1_000, 100)],
    ]);
    await drain(model);
    assert.deepEqual([spend.spent.turn.toFixed(4), costs.map((cost) => cost.toFixed(4))], ["0.0045", ["0.0045"]]);
  });

  it("sends nothing whose worst case does not fit, and says so as a pause", async (test) => {
    const { model, inner, spend, costs } = await metered(test, [], 0.1);
    await assert.rejects(
      drain(model),
      (error) => error instanceof PausedTurn && error.pause.what === "dollars-per-turn",
    );
    assert.deepEqual([inner.requests, spend.spent.turn, costs], [[], 0, []]);
  });

  it("counts a call that breaks off, or that nobody reads to its end, at its worst case", async (test) => {
    const broken = await metered(test, [[...textBlock(0, "Hi"), new Error("reset")]]);
    await assert.rejects(drain(broken.model), /reset/);
    const left = await metered(test, [[...textBlock(0, "Hi"), usage(1, 1)]]);
    await drain(left.model, hello, 1);
    for (const { spend, costs } of [broken, left]) {
      assert.ok(spend.spent.turn >= 0.15);
      assert.deepEqual(costs, [spend.spent.turn]);
    }
  });

  it("counts nothing for a call that was refused before it was answered", async (test) => {
    const error = { kind: "throttled", message: "Throttled.", actions: [] } as const;
    const record = { events: 0, httpStatus: 429 };
    const refused = Object.assign(new ModelError(error, { most: 0, baseMs: 0 }), { record });
    const { model, spend, costs, bills } = await metered(test, [[refused]]);
    await assert.rejects(drain(model), (thrown) => thrown === refused);
    assert.deepEqual([spend.spent.turn, costs, bills], [0, [], []]);
  });

  it("counts nothing for a call that was not sent, as nobody was found to sign it", async (test) => {
    const error = { kind: "credentials", message: "No multi-factor code was given.", actions: [] } as const;
    const { model, spend, costs, bills } = await metered(test, [[new ModelError(error, { most: 0, baseMs: 0 })]]);
    await assert.rejects(drain(model), ModelError);
    assert.deepEqual([spend.spent.turn, costs, bills], [0, [], []]);
  });

  it("tells what is known of the cost: nothing that it counts at its worst, and nothing of a price that is unknown", async (test) => {
    const answered = [...textBlock(0, "Hi"), messageStop("end_turn"), usage(1_000, 100)];
    const known = await metered(test, [answered, [...textBlock(0, "Hi"), messageStop("end_turn")]]);
    await drain(known.model);
    await drain(known.model);
    const unpriced = await metered(test, [answered], 10, "somebody.new-model");
    await drain(unpriced.model);
    const cache = { cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
    const counted = { inputTokens: 1_000, outputTokens: 100, ...cache };
    const prices = `price table of ${pricesDate}`;
    assert.deepEqual(known.bills, [
      { usage: counted, cost: 0.0045, saved: 0, prices },
      { usage: undefined, cost: undefined, saved: undefined, prices },
    ]);
    assert.deepEqual(unpriced.bills, [{ usage: counted, cost: undefined, saved: undefined, prices: "price unknown" }]);
    assert.ok(unpriced.spend.spent.turn > 0);
  });

  it("counts what is written to the cache for an hour at twice the input, and what the cache saved", async (test) => {
    const tokens = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
    const written = { cacheReadInputTokens: 1_000_000, cacheWriteInputTokens: 300_000 };
    const cacheDetails = [
      { ttl: "1h" as const, inputTokens: 100_000 },
      { ttl: "5m" as const, inputTokens: 200_000 },
    ];
    const metadata = { usage: { ...tokens, ...written, cacheDetails }, metrics: { latencyMs: 1 } };
    const { model, bills } = await metered(test, [[messageStop("end_turn"), { metadata }]], 10);
    await drain(model);
    const [bill] = bills;
    assert.equal(bill?.usage?.hourCacheWriteInputTokens, 100_000);
    // 0.3 read, 0.6 for an hour, 0.75 for five minutes; without a cache 3.9.
    assert.deepEqual([bill?.cost?.toFixed(6), bill?.saved?.toFixed(6)], ["1.650000", "2.250000"]);
  });
});

describe("maskedModel", () => {
  it("masks every text of a request, and changes nothing else of it", async () => {
    const inner = new ScriptedModel([messageStop("end_turn")]);
    const model = maskedModel(inner, (text) => text.replaceAll("SECRET", "[mask]"));
    const bytes = Buffer.from("SECRET");
    const reasoning = { reasoningContent: { reasoningText: { text: "SECRET", signature: "s" } } };
    const request: ModelRequest = {
      system: [{ text: "SECRET" }, { cachePoint: { type: "default" } }],
      messages: [
        { role: "user", content: [{ text: "a SECRET" }, { image: { format: "png", source: { bytes } } }] },
        {
          role: "assistant",
          content: [reasoning, { toolUse: { toolUseId: "t", name: "x", input: { SECRET: ["SECRET", 1] } } }],
        },
        {
          role: "user",
          content: [{ toolResult: { toolUseId: "t", content: [{ json: { a: "SECRET" } }, { text: "SECRET" }] } }],
        },
      ],
    };
    await drain(model, request);
    assert.deepEqual(inner.requests, [
      {
        system: [{ text: "[mask]" }, { cachePoint: { type: "default" } }],
        messages: [
          {
            role: "user",
            content: [{ text: "a [mask]" }, { image: { format: "png", source: { bytes: new Uint8Array(bytes) } } }],
          },
          {
            role: "assistant",
            content: [reasoning, { toolUse: { toolUseId: "t", name: "x", input: { "[mask]": ["[mask]", 1] } } }],
          },
          {
            role: "user",
            content: [{ toolResult: { toolUseId: "t", content: [{ json: { a: "[mask]" } }, { text: "[mask]" }] } }],
          },
        ],
      },
    ]);
  });
});
