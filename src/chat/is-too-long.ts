import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { estimateTokens } from "./estimate-tokens.ts";

/** By how much the estimate of a conversation's tokens may be too high, as text with long words takes fewer; or too low. */
const margin = 1.25;

/** From how many times the limit on no text has so few tokens that it fits all the same. */
const certain = 2;

/**
 * Whether a conversation is longer than the limit that the service or the user has told, if any. Near it `count`, the
 * service's own count, decides where there is one; the estimate decides only where it is well beyond the limit.
 */
export async function isTooLong(
  history: readonly Message[],
  limit: number | undefined,
  count: () => Promise<number | undefined>,
): Promise<boolean> {
  if (limit === undefined) return false;
  const estimate = estimateTokens(history);
  const isNear = estimate > limit / margin && estimate < limit * certain;
  const counted = isNear ? await count() : undefined;
  return counted === undefined ? estimate > limit * margin : counted > limit;
}
