import type { WorkspaceConfiguration } from "vscode";

/** The settings of every request, as the user wrote them; what has a wrong type or value is unset. */
export interface RequestChoices {
  readonly thinking: "off" | "auto" | "budget";
  readonly thinkingBudget: number;
  readonly effort?: "low" | "medium" | "high" | "xhigh" | "max";
  readonly temperature?: number;
  readonly topP?: number;
  readonly serviceTier?: "default" | "flex" | "priority" | "reserved";
  readonly latency?: "standard" | "optimized";
  readonly promptCaching: "off" | "5m" | "1h";
  readonly guardrail?: GuardrailChoice;
  readonly guardrailToolResults: boolean;
  /** Which of these go into `requestMetadata`. */
  readonly metadata: { readonly repository: boolean; readonly branch: boolean; readonly session: boolean };
}

export interface GuardrailChoice {
  readonly identifier: string;
  readonly version: string;
  readonly mode: "sync" | "async";
  readonly trace: "enabled" | "disabled" | "enabled_full";
}

const defaultThinkingBudget = 4_096;
const efforts = ["low", "medium", "high", "xhigh", "max"] as const;

/** Of scope `application` or `machine`: only the user's own settings count. */
export function readRequestChoices(section: Pick<WorkspaceConfiguration, "get">): RequestChoices {
  const raw = (key: string): unknown => section.get<unknown>(key);
  const effort = oneOf(efforts, raw("effort"));
  const serviceTier = oneOf(["default", "flex", "priority", "reserved"] as const, raw("serviceTier"));
  const latency = oneOf(["standard", "optimized"] as const, raw("latency"));
  const temperature = share(raw("temperature"));
  const topP = share(raw("topP"));
  const guardrail = readGuardrail(raw("guardrail"));
  const budget = raw("thinkingBudget");
  const metadata = member(raw("requestMetadata"));
  return {
    thinking: oneOf(["off", "auto", "budget"] as const, raw("thinking")) ?? "auto",
    thinkingBudget: Number.isInteger(budget) && Number(budget) >= 1_024 ? Number(budget) : defaultThinkingBudget,
    promptCaching: oneOf(["off", "5m", "1h"] as const, raw("promptCaching")) ?? "5m",
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
    mode: oneOf(["sync", "async"] as const, of("mode")) ?? "sync",
    trace: oneOf(["enabled", "disabled", "enabled_full"] as const, of("trace")) ?? "enabled",
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
