import * as z from "zod";

/** What a named configuration may hold: the settings of the same names, in its place. */
const configurationSchema = z.strictObject({
  profile: z.string().optional(),
  region: z.string().optional(),
  endpoint: z.string().optional(),
  authentication: z.enum(["automatic", "aws", "apiKey", "keys", "none"]).optional(),
  model: z.string().optional(),
  requestHeaders: z.record(z.string(), z.string()).optional(),
  maxTokens: z.int().min(1).max(200_000).optional(),
});
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
    const problem = `There is no configuration "${name}": choose another with Outcrop: Switch Configuration, or add it to outcrop.configurations.`;
    return { kind: "wrong", name, problem };
  }
  return parseConfiguration(name, value);
}

export function parseConfiguration(name: string, value: unknown): ActiveConfiguration {
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { kind: "active", name, values: parsed.data };
  const [issue] = parsed.error.issues;
  const what =
    issue?.code === "unrecognized_keys"
      ? `holds ${issue.keys.map((key) => `"${key}"`).join(", ")}, which is none of ${Object.keys(configurationSchema.shape).join(", ")}`
      : `is wrong${issue !== undefined && issue.path.length > 0 ? ` at ${issue.path.join(" › ")}` : ""}: ${issue?.message ?? "not an object"}`;
  return { kind: "wrong", name, problem: `The configuration "${name}" in outcrop.configurations ${what}.` };
}
