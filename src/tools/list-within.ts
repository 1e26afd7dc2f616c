import { ToolError } from "../agent/tool.ts";
import { untilAborted } from "../agent/until-aborted.ts";

const LIST_SECONDS = 15;

/** Asks for the tasks with a time limit, because an extension that provides some may never answer. Throws a `ToolError` at the limit, the signal's reason when it is aborted. */
export async function listWithin<Task>(
  list: (signal: AbortSignal) => Promise<readonly Task[]>,
  signal: AbortSignal,
): Promise<readonly Task[]> {
  const limit = new AbortController();
  const problem = `The tasks could not be listed within ${LIST_SECONDS} seconds: an extension that provides some may not answer. Nothing was run.`;
  const timer = setTimeout(() => limit.abort(new ToolError(problem)), LIST_SECONDS * 1000);
  const either = AbortSignal.any([signal, limit.signal]);
  try {
    return await untilAborted(list(either), either);
  } finally {
    clearTimeout(timer);
  }
}
