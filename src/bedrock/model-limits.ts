import * as z from "zod";
import { t } from "../protocol/localize.ts";
import { baseModelId, type TokenLimits } from "./capabilities.ts";
import { configurationError } from "./configuration-error.ts";

/** The user's own limits, by model id or pattern. */
export type ModelLimits = Readonly<Record<string, TokenLimits>>;

const tokens = z.int().min(1).max(100_000_000);
const schema = z.record(
  z.string(),
  z.strictObject({ contextTokens: tokens.optional(), maxOutputTokens: tokens.optional() }),
);

/** The setting as the user wrote it. Throws a `ModelError` of kind `configuration` that names the wrong place. */
export function readModelLimits(value: unknown): ModelLimits {
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = ["outcrop.modelLimits", ...(issue?.path ?? [])].join(" › ");
    throw configurationError(t("{0} is wrong: {1}.", place, issue?.message ?? t("not an object")), ["open-settings"]);
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([pattern, { contextTokens, maxOutputTokens }]) => [
      pattern,
      { contextTokens, outputTokens: maxOutputTokens },
    ]),
  );
}

/** What the user says of a model: the whole id goes before a pattern, a longer pattern before a shorter one. */
export function ownLimitsOf(limits: ModelLimits, modelId: string, behind = modelId): TokenLimits | undefined {
  const names = new Set([modelId, baseModelId(modelId), behind, baseModelId(behind)].map((name) => name.toLowerCase()));
  const fitting = Object.entries(limits)
    .filter(([pattern]) => [...names].some((name) => matches(pattern.trim().toLowerCase(), name)))
    .sort(([a], [b]) => Number(a.includes("*")) - Number(b.includes("*")) || b.length - a.length);
  return fitting[0]?.[1];
}

/** `*` stands for any text. */
function matches(pattern: string, name: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  const tail = rest.pop() ?? "";
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let from = head.length;
  const end = name.length - tail.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
