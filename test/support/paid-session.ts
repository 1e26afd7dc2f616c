import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { CountTokens } from "../../src/agent/model.ts";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { systemTiming } from "../../src/agent/system-timing.ts";
import { StepMeter } from "../../src/chat/step-meter.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { UsageLedger } from "../../src/policy/usage/usage-ledger.ts";
import { createSession } from "./create-session.ts";
import { testPolicy } from "./test-policy.ts";
import { modelId, openWire, type Transport } from "./wire-call.ts";

export interface PaidOptions {
  /** US dollars that a turn may cost. */
  readonly perTurn?: number;
  readonly retries?: number;
  /** Asks the emulator for counts, as AWS's own endpoint is asked. */
  readonly counts?: boolean;
}

/** A session of the product's own parts, put together as the extension does it. */
export async function openPaid(
  test: TestContext,
  transport: Transport,
  replies: readonly Reply[],
  { perTurn = 2, retries = 0, counts = false }: PaidOptions = {},
) {
  const wire = await openWire(test, transport, replies);
  const meter = new StepMeter();
  const ledger = new UsageLedger({
    folder: mkdtempSync(join(tmpdir(), "outcrop-usage-")),
    report: (error) => assert.fail(String(error)),
  });
  const { policy } = testPolicy({ spend: { perTurn }, usage: ledger, onBill: meter.spent });
  const priced = { modelId, maxTokens: 1_024, region: "us-east-1", endpoint: wire.emulator.url, profile: "work" };
  const notices: string[] = [];
  const { pool, settings } = wire;
  const count = counts ? (...asked: Parameters<CountTokens>) => pool.countTokens(settings, ...asked) : undefined;
  const { session, stored } = createSession(pool.model(settings), {
    timing: systemTiming,
    settings: () => ({
      connection: { kind: "bedrock", modelId },
      maxSteps: 10,
      limits: { retries, longestWaitMs: 1 },
      compaction: "off",
    }),
    connect: async () => ({
      model: policy.guardModel(meter.watch(pool.model(settings), modelId, count), priced),
      pace: new RequestPace({ requests: 1_000_000, tokens: 1_000_000_000 }),
    }),
    createGate: (ask, notify) => policy.createGate(ask, notify),
    complete: meter.complete,
  });
  session.subscribe((event) => event.type === "notice" && notices.push(event.text));
  const say = (text = "Hi") => session.send({ text, attachments: [] });
  return { ...wire, policy, session, events: stored.events, ledger, notices, say };
}
