import * as z from "zod";
import {
  cachingModes,
  guardrailModes,
  guardrailTraces,
  latencies,
  leastThinkingBudget,
  serviceTiers,
  thinkingModes,
} from "../../agent/request-settings.ts";
import { efforts } from "../../agent/request-support.ts";
import { t } from "../../protocol/localize.ts";
import { failoverPlace } from "../failover-place.ts";

const text = z.string();
const flag = z.boolean();
const share = z.number().min(0).max(1).nullable();

/**
 * What a named configuration may hold: the settings of the same names, in their place. All of them are read through
 * `userSettings`. How the proxy is used is VS Code's own setting, and secrets are in no setting.
 */
const configurationSchema = z
  .strictObject({
    profile: text,
    region: text,
    endpoint: text,
    authentication: z.enum(["automatic", "aws", "apiKey", "keys", "none"]),
    model: text,
    requestHeaders: z.record(text, text),
    gatewayDecidesModel: flag,
    caBundle: text,
    useFipsEndpoint: flag,
    useDualstackEndpoint: flag,
    allowedRegions: z.array(text),
    routing: z.enum(["off", "automatic"]),
    fastModel: text,
    failover: z.array(failoverPlace),
    maxTokens: z.int().min(1).max(200_000),
    thinking: z.enum(thinkingModes),
    thinkingBudget: z.int().min(leastThinkingBudget),
    effort: z.enum(efforts).nullable(),
    temperature: share,
    topP: share,
    promptCaching: z.enum(cachingModes),
    serviceTier: z.enum(serviceTiers).nullable(),
    latency: z.enum(latencies).nullable(),
    guardrail: z
      .strictObject({
        identifier: text,
        version: text,
        mode: z.enum(guardrailModes),
        trace: z.enum(guardrailTraces),
      })
      .partial(),
    guardrailToolResults: flag,
    requestMetadata: z.strictObject({ repository: flag, branch: flag, session: flag }).partial(),
  })
  .partial();

/** The names of those settings. */
export const configurableSettings: readonly string[] = Object.keys(configurationSchema.shape);
export type NamedConfiguration = z.output<typeof configurationSchema>;

/** The configuration in use, or why there is none that could be. */
export type ActiveConfiguration =
  | { readonly kind: "none" }
  | { readonly kind: "active"; readonly name: string; readonly values: NamedConfiguration }
  /** `problem` is a sentence; nothing may be sent as if the configuration were not there. */
  | { readonly kind: "wrong"; readonly name: string; readonly problem: string };

const namesSchema = z.record(z.string(), z.unknown());

/** Of `outcrop.configurations` the one that `outcrop.configuration` names. */
export function activeConfiguration(configurations: unknown, wanted: unknown): ActiveConfiguration {
  const name = typeof wanted === "string" ? wanted.trim() : "";
  if (name === "") return { kind: "none" };
  const all = namesSchema.safeParse(configurations);
  const value = all.success && Object.hasOwn(all.data, name) ? all.data[name] : undefined;
  if (value === undefined) {
    const problem = t(
      'There is no configuration "{0}": choose another with Outcrop: Switch Configuration, or add it to outcrop.configurations.',
      name,
    );
    return { kind: "wrong", name, problem };
  }
  return parseConfiguration(name, value);
}

export function parseConfiguration(name: string, value: unknown): ActiveConfiguration {
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { kind: "active", name, values: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(" › ") ?? "";
  if (issue?.code !== "unrecognized_keys") {
    const message = issue?.message ?? t("not an object");
    const problem =
      place === ""
        ? t('The configuration "{0}" in outcrop.configurations is wrong: {1}.', name, message)
        : t('The configuration "{0}" in outcrop.configurations is wrong at {1}: {2}.', name, place, message);
    return { kind: "wrong", name, problem };
  }
  const keys = issue.keys.map((key) => `"${key}"`).join(", ");
  const problem =
    place === ""
      ? t(
          'The configuration "{0}" in outcrop.configurations holds {1}, which is none of the settings that it may hold.',
          name,
          keys,
        )
      : t(
          'The configuration "{0}" in outcrop.configurations holds {1} in {2}, which is none of the settings that it may hold.',
          name,
          keys,
          place,
        );
  return { kind: "wrong", name, problem };
}
