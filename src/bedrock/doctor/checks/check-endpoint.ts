import { isModelError, type ModelError } from "../../../agent/model.ts";
import { t, text } from "../../../protocol/localize.ts";
import type { Check, CheckResult } from "../check.ts";
import type { DoctorContext } from "../doctor-context.ts";
import { failureOf } from "../failure-of.ts";

/**
 * Whether Bedrock's API answers there: a request without messages is refused by Bedrock in its own words, costs nothing, and
 * shows a page, another API or a gateway's refusal for what it is.
 */
export const checkEndpoint: Check = {
  id: "endpoint",
  title: text("Endpoint and protocol"),
  needs: ["region", "certificate"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const probe = await context.probe(signal);
    if (!probe.reached) return failureOf(probe.failure, context);
    const { host } = probe.address;
    try {
      let events = 0;
      for await (const _event of context.model(1).converseStream({ messages: [] }, signal)) events++;
      return {
        state: "pass",
        what: t("{0} answers in event streams.", host),
        details: [t("{0} events to an empty request", events)],
      };
    } catch (error) {
      if (!isModelError(error)) throw error;
      return judge(error, host, context);
    }
  },
};

function judge(error: ModelError, host: string, context: DoctorContext): CheckResult {
  const { kind, error: told } = error;
  if (kind === "credentials" || kind === "configuration") {
    return { state: "skipped", why: t("{0} was reached, but nothing can be asked without credentials.", host) };
  }
  const isAws = told.requestId !== undefined && kind !== "protocol";
  const isGatewayRefusal = context.isGateway && told.httpStatus === 400;
  if (isAws || isGatewayRefusal || kind === "truncated_stream") {
    return { state: "pass", what: t("{0} speaks the Bedrock API.", host) };
  }
  return failureOf(error, context);
}
