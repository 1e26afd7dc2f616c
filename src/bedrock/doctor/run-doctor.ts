import { untilAborted } from "../../agent/until-aborted.ts";
import { t } from "../../protocol/localize.ts";
import { redact } from "../redact.ts";
import type { Check, CheckId, CheckLine, CheckResult } from "./check.ts";
import type { DoctorContext } from "./doctor-context.ts";
import { failureOf } from "./failure-of.ts";

/**
 * Makes the checks in order and gives a line as soon as it is known. One whose ground another has taken away is skipped and
 * says so. Throws the signal's reason when it is aborted. `onStart` is told of each check that is begun.
 */
export async function* runDoctor(
  context: DoctorContext,
  checks: readonly Check[],
  signal: AbortSignal,
  onStart: (check: Check) => void = () => {},
): AsyncGenerator<CheckLine> {
  const blocking = new Map<CheckId, string>();
  for (const check of checks) {
    signal.throwIfAborted();
    const { id } = check;
    const title = t(t(check.title));
    const blocker = check.needs.map((needed) => blocking.get(needed)).find((found) => found !== undefined);
    const startedAt = performance.now();
    if (blocker === undefined) onStart({ ...check, title });
    const result: CheckResult =
      blocker === undefined
        ? await makeCheck(context, check, signal)
        : { state: "skipped", why: t("It needs what failed above: {0}.", blocker) };
    if (blocker !== undefined) blocking.set(id, blocker);
    if (result.state === "fail") blocking.set(id, title);
    yield { id, title, elapsedMs: Math.round(performance.now() - startedAt), ...masked(result, context.secrets) };
  }
}

async function makeCheck(context: DoctorContext, check: Check, signal: AbortSignal): Promise<CheckResult> {
  const cost = check.cost?.(context);
  const { ask } = context.parts;
  if (cost !== undefined && ask !== undefined) {
    const isWanted = await untilAborted(ask(t('Check "{0}" as well?', t(check.title)), cost), signal);
    if (!isWanted) return { state: "skipped", why: t("You left it out.") };
  }
  const limit = AbortSignal.timeout(check.limitMs);
  try {
    return await check.run(context, AbortSignal.any([signal, limit]));
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) return failureOf(error, context);
    return {
      state: "fail",
      what: t("No answer within {0} s.", check.limitMs / 1_000),
      fix: t("Check the connection, the endpoint and the proxy, or try again later."),
      actions: ["open-settings"],
    };
  }
}

function masked(result: CheckResult, secrets: readonly string[]): CheckResult {
  const mask = (text: string): string => redact(text, secrets);
  const details = result.details === undefined ? {} : { details: result.details.map(mask) };
  switch (result.state) {
    case "pass":
      return { ...result, what: mask(result.what), ...details };
    case "fail":
      return { ...result, what: mask(result.what), fix: mask(result.fix), ...details };
    case "skipped":
      return { ...result, why: mask(result.why), ...details };
  }
}
