/** The settings of every request, as the user wrote them; what has a wrong type or value is unset. */
export interface RequestChoices {
  readonly thinking: (typeof requestValues.thinking)[number];
  readonly thinkingBudget: number;
  readonly effort?: (typeof requestValues.effort)[number];
  readonly temperature?: number;
  readonly topP?: number;
  readonly serviceTier?: (typeof requestValues.serviceTier)[number];
  readonly latency?: (typeof requestValues.latency)[number];
  readonly promptCaching: (typeof requestValues.promptCaching)[number];
  readonly guardrail?: GuardrailChoice;
  readonly guardrailToolResults: boolean;
  /** Which of these go into `requestMetadata`. */
  readonly metadata: { readonly repository: boolean; readonly branch: boolean; readonly session: boolean };
}

export interface GuardrailChoice {
  readonly identifier: string;
  readonly version: string;
  readonly mode: (typeof requestValues.guardrailMode)[number];
  readonly trace: (typeof requestValues.guardrailTrace)[number];
}

/** What the settings with a list of values may be. */
export const requestValues = {
  thinking: ["off", "auto", "budget"],
  effort: ["low", "medium", "high", "xhigh", "max"],
  serviceTier: ["default", "flex", "priority", "reserved"],
  latency: ["standard", "optimized"],
  promptCaching: ["off", "5m", "1h"],
  guardrailMode: ["sync", "async"],
  guardrailTrace: ["enabled", "disabled", "enabled_full"],
} as const;
export const leastThinkingBudget = 1_024;
const defaultThinkingBudget = 4_096;

/** Of scope `application` or `machine`: only the user's own settings count. */
export function readRequestChoices({ get: raw }: { get(key: string): unknown }): RequestChoices {
  const effort = oneOf(requestValues.effort, raw("effort"));
  const serviceTier = oneOf(requestValues.serviceTier, raw("serviceTier"));
  const latency = oneOf(requestValues.latency, raw("latency"));
  const temperature = share(raw("temperature"));
  const topP = share(raw("topP"));
  const guardrail = readGuardrail(raw("guardrail"));
  const budget = raw("thinkingBudget");
  const metadata = member(raw("requestMetadata"));
  return {
    thinking: oneOf(requestValues.thinking, raw("thinking")) ?? "auto",
    thinkingBudget:
      Number.isInteger(budget) && Number(budget) >= leastThinkingBudget ? Number(budget) : defaultThinkingBudget,
    promptCaching: oneOf(requestValues.promptCaching, raw("promptCaching")) ?? "5m",
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
function readGuardrail(value: unknown): GuardrailChoice | undefined {
  const of = member(value);
  const text = (key: string): string => String(of(key) ?? "").trim();
  if (text("identifier") === "") return undefined;
  return {
    identifier: text("identifier"),
    version: text("version") === "" ? "DRAFT" : text("version"),
    mode: oneOf(requestValues.guardrailMode, of("mode")) ?? "sync",
    trace: oneOf(requestValues.guardrailTrace, of("trace")) ?? "enabled",
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
