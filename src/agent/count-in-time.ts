import type { Model, ModelRequest } from "./model.ts";

/** The first word waits for no count longer than this. */
const patienceMs = 1_500;

/**
 * The service's own count of a request that is about to be sent; undefined where none comes in time. Throws the signal's
 * reason when it was aborted.
 */
export async function countInTime(
  { countTokens }: Pick<Model, "countTokens">,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<number | undefined> {
  const counted = await countTokens?.(request, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  signal.throwIfAborted();
  return counted;
}
