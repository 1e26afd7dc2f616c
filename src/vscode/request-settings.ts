import {
  cachingModes,
  defaultRequest,
  type GuardrailSettings,
  guardrailModes,
  guardrailTraces,
  latencies,
  leastThinkingBudget,
  type RequestSettings,
  serviceTiers,
  thinkingModes,
} from "../agent/request-settings.ts";
import { efforts } from "../agent/request-support.ts";

/** The settings of every request, as the user wrote them; what has a wrong type or value is unset. */
export interface RequestChoices extends Omit<RequestSettings, "metadata"> {
  readonly guardrailToolResults: boolean;
  /** Which of these go into `requestMetadata`. */
  readonly metadata: { readonly repository: boolean; readonly branch: boolean; readonly session: boolean };
}

/** Of scope `application` or `machine`: only the user's own settings count. */
export function readRequestChoices({ get: raw }: { get(key: string): unknown }): RequestChoices {
  const effort = oneOf(efforts, raw("effort"));
  const serviceTier = oneOf(serviceTiers, raw("serviceTier"));
  const latency = oneOf(latencies, raw("latency"));
  const temperature = share(raw("temperature"));
  const topP = share(raw("topP"));
  const guardrail = readGuardrail(raw("guardrail"));
  const budget = raw("thinkingBudget");
  const metadata = member(raw("requestMetadata"));
  return {
    thinking: oneOf(thinkingModes, raw("thinking")) ?? defaultRequest.thinking,
    thinkingBudget:
      Number.isInteger(budget) && Number(budget) >= leastThinkingBudget
        ? Number(budget)
        : defaultRequest.thinkingBudget,
    promptCaching: oneOf(cachingModes, raw("promptCaching")) ?? defaultRequest.promptCaching,
    ...(effort !== undefined && { effort }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...(latency !== undefined && { latency }),
    ...(guardrail !== undefined && { guardrail }),
    guardrailToolResults: raw("guardrailToolResults") === true,
    metadata: {
      repository: metadata("repository") !== false,
      branch: metadata("branch") !== false,
      session: metadata("session") !== false,
    },
  };
}

/** Half a guardrail is none that Bedrock takes: it is sent as it is, so that the request is refused and not unguarded. */
function readGuardrail(value: unknown): GuardrailSettings | undefined {
  const of = member(value);
  const text = (key: string): string => String(of(key) ?? "").trim();
  if (text("identifier") === "") return undefined;
  return {
    identifier: text("identifier"),
    version: text("version") === "" ? "DRAFT" : text("version"),
    mode: oneOf(guardrailModes, of("mode")) ?? "sync",
    trace: oneOf(guardrailTraces, of("trace")) ?? "enabled",
  };
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((known) => known === value);
}

function share(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= 1 ? value : undefined;
}

function member(value: unknown): (key: string) => unknown {
  return (key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined);
}
