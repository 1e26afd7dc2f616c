import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { isModelError, type Model, type ModelError } from "../../agent/model.ts";
import { PausedTurn } from "../../agent/paused-turn.ts";
import { readUsage } from "../../agent/read-usage.ts";
import type { Bill, ReportedUsage } from "./bill.ts";
import { inputTokensOf } from "./input-tokens.ts";
import type { PlannedCall, Reservation, SpendBudget } from "./spend-budget.ts";

export interface Meter {
  readonly modelId: string;
  /** Most tokens of an answer. */
  readonly maxTokens: number;
  /** The request's cache points are kept for an hour. */
  readonly cachesForHour?: boolean;
  readonly spend: SpendBudget;
  /** Told what each call has counted for, in US dollars. */
  readonly onCost?: (cost: number) => Promise<void>;
  /** Told what is known of the cost of each call that was answered. Must not throw. */
  readonly onBill?: (bill: Bill) => void;
}

/** A model whose every call, retries and summaries too, is counted at its worst case before it is sent, and at its real cost after. */
export function meteredModel(model: Model, meter: Meter): Model {
  return {
    get capabilities() {
      return model.capabilities;
    },
    ...(model.countTokens !== undefined && { countTokens: model.countTokens }),
    async *converseStream(request, signal, ...told) {
      const { spend, modelId, maxTokens, cachesForHour = false } = meter;
      const call = { modelId, maxTokens, cachesForHour };
      const inputTokens = await inputTokensOf(request, model, call, spend, signal);
      yield* meteredStream({ ...call, inputTokens }, meter, () => model.converseStream(request, signal, ...told));
    },
  };
}

async function* meteredStream(
  call: PlannedCall,
  { spend, onCost, onBill }: Meter,
  open: () => AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  const verdict = await spend.reserve(call);
  if (verdict.kind === "exhausted") throw new PausedTurn(verdict.exhaustion);
  let usage: ReportedUsage | undefined;
  let isRefused = false;
  try {
    for await (const event of open()) {
      usage = readUsage(event.metadata?.usage) ?? event.metadata?.usage ?? usage;
      yield event;
    }
  } catch (error) {
    isRefused = isModelError(error) && wasRefused(error);
    throw error;
  } finally {
    if (!isRefused) onBill?.(verdict.reservation.bill(usage));
    const cost = await settle(verdict.reservation, usage, isRefused);
    if (cost > 0) await onCost?.(cost);
  }
}

/** Nothing was processed: Bedrock said no, or nobody was found to sign the request, which has no record then. */
function wasRefused({ kind, record }: ModelError): boolean {
  if (record === undefined) return kind === "credentials" || kind === "configuration";
  return record.events === 0 && record.httpStatus !== 200;
}

/** What Bedrock refused before it answered costs nothing; what broke off counts at its worst. */
async function settle(reservation: Reservation, usage: ReportedUsage | undefined, isRefused: boolean): Promise<number> {
  if (!isRefused) return reservation.settle(usage);
  await reservation.release();
  return 0;
}
