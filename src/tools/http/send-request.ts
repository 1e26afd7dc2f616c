import { ToolError, type ToolSuccess } from "../../agent/tool.ts";
import { isSettled, isSuccess, toFailure, toSuccess, unknownOutcome } from "./describe-answer.ts";
import type { HttpAnswer, HttpRequest } from "./http-client.ts";
import type { HttpPorts } from "./http-ports.ts";

/** Bytes of an answer that are read, and kept where they are more than the model gets. */
const mostBytes = 4_000_000;

export interface Sending {
  readonly tool: string;
  /** The call in a title. */
  readonly shown: string;
  readonly access: "read" | "write";
  readonly request: HttpRequest;
  readonly timeoutSeconds: number;
}

/** Sends a request, a write with its key, and tells what came of it. Throws a `ToolError` for all that is no success. */
export async function sendRequest(
  { tool, shown, access, request, timeoutSeconds }: Sending,
  { client, keys }: Pick<HttpPorts, "client" | "keys">,
  stop: AbortSignal,
): Promise<ToolSuccess> {
  const key = access === "write" ? await keys.keyFor(tool, request) : undefined;
  const headers = { ...request.headers, ...(key !== undefined && { "idempotency-key": key }) };
  const isWrite = access === "write";
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutSeconds * 1000);
  const signal = AbortSignal.any([stop, limit.signal]);
  let answer: HttpAnswer;
  try {
    answer = await client.send({ ...request, headers }, { signal, mostBytes });
  } catch (error) {
    stop.throwIfAborted();
    if (error instanceof ToolError) throw error;
    const problem = limit.signal.aborted
      ? `${tool}: no answer within ${timeoutSeconds} seconds.`
      : `${tool}: the server could not be reached, or the connection was lost: ${reasonOf(error)}.`;
    throw new ToolError(isWrite ? `${problem} ${unknownOutcome}` : problem);
  } finally {
    clearTimeout(timer);
  }
  if (key !== undefined && isSettled(answer.status)) await keys.settle(key);
  if (!isSuccess(answer.status)) throw toFailure({ tool, isWrite }, answer);
  return toSuccess(shown, answer);
}

/** Node tries each address of a name: the first failure stands for all of them. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
