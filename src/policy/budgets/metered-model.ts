import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { isModelError, type Model, type ModelError, type ModelRequest } from "../../agent/model.ts";
import { PausedTurn } from "../../agent/paused-turn.ts";
import { readUsage } from "../../agent/read-usage.ts";
import type { Bill, ReportedUsage } from "./bill.ts";
import type { Reservation, SpendBudget } from "./spend-budget.ts";

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

/** Characters of JSON for one token: fewer than there are, so that the estimate is on the high side. */
const charactersPerToken = 3;

/** A model whose every call, retries and summaries too, is counted at its worst case before it is sent, and at its real cost after. */
export function meteredModel(model: Model, meter: Meter): Model {
  return {
    get capabilities() {
      return model.capabilities;
    },
    converseStream: (request, signal, ...told) =>
      meteredStream(request, meter, () => model.converseStream(request, signal, ...told)),
  };
}

async function* meteredStream(
  request: ModelRequest,
  { spend, onCost, onBill, ...call }: Meter,
  open: () => AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  const inputTokens = Math.ceil(JSON.stringify(request, withoutBytes).length / charactersPerToken);
  const verdict = await spend.reserve({ ...call, inputTokens });
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

/** An image's bytes are not text: it counts as the 1,600 tokens that one of the usual size takes. */
function withoutBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? "x".repeat(1_600 * charactersPerToken) : value;
}
