import { countInTime } from "../../agent/count-in-time.ts";
import type { Model, ModelRequest } from "../../agent/model.ts";
import type { PlannedCall, SpendBudget } from "./spend-budget.ts";

/** Characters of JSON for one token: fewer than there are in most texts, so that the estimate is on the high side. */
const charactersPerToken = 3;

/** Of what is estimated, how much it may really be: six characters a token, as in much white space, to one, as in Chinese. */
const [fewest, most] = [1 / 2, 3];

/**
 * How many tokens a request's prompt takes, before it is sent: an estimate, and the service's own count where that
 * decides whether the call still fits into a cap (docs/decisions/0006-counting-tokens.md). Throws the signal's reason
 * when it was aborted, and `SpendLedgerUnavailable`.
 */
export async function inputTokensOf(
  request: ModelRequest,
  model: Pick<Model, "countTokens">,
  call: Omit<PlannedCall, "inputTokens">,
  spend: SpendBudget,
  signal: AbortSignal,
): Promise<number> {
  const estimate = Math.ceil(JSON.stringify(request, withoutBytes).length / charactersPerToken);
  if (model.countTokens === undefined) return estimate;
  if (!(await spend.hangsOn(call, Math.floor(estimate * fewest), estimate * most))) return estimate;
  return (await countInTime(model, request, signal)) ?? estimate;
}

/** An image's bytes are not text: it counts as the 1,600 tokens that one of the usual size takes. */
function withoutBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? "x".repeat(1_600 * charactersPerToken) : value;
}
