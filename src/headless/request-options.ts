import {
  cachingModes,
  defaultRequest,
  latencies,
  leastThinkingBudget,
  type RequestSettings,
  serviceTiers,
  thinkingModes,
} from "../agent/request-settings.ts";
import { efforts } from "../agent/request-support.ts";
import { guardrailValue, integerValue, shareValue, wordValue } from "./option-value.ts";

const text = { type: "string" } as const;

/** What is wanted of every request, each named after its setting; for `parseArgs`. */
export const requestOptions = {
  thinking: text,
  "thinking-budget": text,
  effort: text,
  temperature: text,
  "top-p": text,
  "prompt-caching": text,
  "service-tier": text,
  latency: text,
  guardrail: text,
} as const;

export const requestUsage = `\
  --thinking MODE     auto (default: the model decides, where it can), budget or off
  --thinking-budget N tokens to think with, part of --max-tokens (default 4096; with --thinking budget)
  --effort E          ${efforts.join(", ")}: how hard to think, where the model takes it
  --temperature N     from 0 to 1
  --top-p N           from 0 to 1
  --prompt-caching T  5m (default), 1h or off: how long the prompt is kept in the cache
  --service-tier T    ${serviceTiers.join(", ")}
  --latency L         ${latencies.join(" or ")}
  --guardrail ID:V    a guardrail that judges every prompt and answer, and its version`;

/** The same as the extension's, with its defaults. Throws `ArgumentError`. */
export function toRequestSettings(
  values: Readonly<Partial<Record<keyof typeof requestOptions, string | undefined>>>,
): RequestSettings {
  const effort = wordValue("--effort", values.effort, efforts);
  const temperature = shareValue("--temperature", values.temperature);
  const topP = shareValue("--top-p", values["top-p"]);
  const serviceTier = wordValue("--service-tier", values["service-tier"], serviceTiers);
  const latency = wordValue("--latency", values.latency, latencies);
  const guardrail = guardrailValue("--guardrail", values.guardrail);
  return {
    thinking: wordValue("--thinking", values.thinking, thinkingModes) ?? defaultRequest.thinking,
    thinkingBudget:
      integerValue("--thinking-budget", values["thinking-budget"], leastThinkingBudget) ??
      defaultRequest.thinkingBudget,
    promptCaching:
      wordValue("--prompt-caching", values["prompt-caching"], cachingModes) ?? defaultRequest.promptCaching,
    ...(effort !== undefined && { effort }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...(latency !== undefined && { latency }),
    ...(guardrail !== undefined && { guardrail: { ...guardrail, mode: "sync", trace: "enabled" } }),
  };
}
