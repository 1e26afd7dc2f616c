import * as z from "zod";

// What the events of a journal hold, as it comes from the disk.

export const approvalRequest = z.object({
  id: z.string(),
  digest: z.string(),
  title: z.string(),
  details: z.array(
    z.object({ label: z.string(), value: z.string(), format: z.enum(["command", "diff"]).exactOptional() }),
  ),
  reason: z.string(),
  tier: z.union([z.literal(1), z.literal(2)]),
  labels: z.array(z.string()),
  warnings: z.array(z.string()),
  offers: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      rules: z.array(z.string()),
      scopes: z.array(z.enum(["turn", "session", "workspace"])),
    }),
  ),
});

const errorKinds = [
  "throttled",
  "server",
  "model_error",
  "model_timeout",
  "malformed_tool_use",
  "network",
  "truncated_stream",
  "empty_stream",
  "timeout_first_byte",
  "timeout_idle",
  "protocol",
  "context_overflow",
  "feature_unsupported",
  "validation",
  "auth",
  "credentials",
  "access_denied",
  "not_found",
  "quota",
  "proxy_auth",
  "gateway",
  "tls",
  "configuration",
  "unknown",
] as const;

const errorActions = [
  "retry",
  "compact",
  "select-model",
  "sign-in",
  "lower-max-tokens",
  "open-settings",
  "try-demo",
  "show-log",
] as const;

export const turnError = z.object({
  kind: z.enum(errorKinds),
  message: z.string(),
  detail: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  lastEvent: z.string().exactOptional(),
  httpStatus: z.number().exactOptional(),
  elapsedMs: z.number().exactOptional(),
  at: z.number().exactOptional(),
  endpoint: z.string().exactOptional(),
  actions: z.array(z.enum(errorActions)),
});

const turnPause = z.object({
  code: z.enum(["E_BUDGET", "E_LOOP"]),
  what: z.enum([
    "steps",
    "tool-calls",
    "wall-clock",
    "subagents",
    "dollars-per-turn",
    "dollars-per-session",
    "dollars-per-day",
    "repetition",
    "cycle",
    "failing-edit",
  ]),
  message: z.string(),
});

export const connection = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("bedrock"),
    modelId: z.string(),
    region: z.string().exactOptional(),
    endpoint: z.string().exactOptional(),
    configuration: z.string().exactOptional(),
    gatewayDecidesModel: z.literal(true).exactOptional(),
    profile: z.string().exactOptional(),
    routing: z.object({ fast: z.string(), frontier: z.string() }).exactOptional(),
  }),
  z.object({ kind: z.literal("demo") }),
]);

const guardrail = z.object({
  blocked: z.boolean(),
  findings: z.array(
    z.object({
      side: z.enum(["input", "output"]),
      policy: z.enum(["topic", "content", "word", "sensitive-information", "grounding", "automated-reasoning"]),
      name: z.string(),
      match: z.string().exactOptional(),
    }),
  ),
});

export const outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("completed") }),
  z.object({ kind: z.literal("cancelled") }),
  z.object({ kind: z.literal("step-limit"), steps: z.number() }),
  z.object({ kind: z.literal("paused"), pause: turnPause }),
  z.object({ kind: z.literal("max-tokens") }),
  z.object({ kind: z.literal("stopped"), stopReason: z.string(), guardrail: guardrail.exactOptional() }),
  z.object({ kind: z.literal("failed"), error: turnError, cutOff: z.boolean() }),
  z.object({ kind: z.literal("interrupted") }),
]);

/** More than any call takes. */
const mostTokens = 1_000_000_000;
const tokens = z.number().min(0).max(mostTokens);

/** Unknown where a count cannot be one: it would falsify the sums of the chat. */
export const usage = z
  .object({
    inputTokens: z.number(),
    outputTokens: z.number(),
    cacheReadInputTokens: z.number(),
    cacheWriteInputTokens: z.number(),
    hourCacheWriteInputTokens: z.number().exactOptional(),
  })
  .nullable()
  .transform((read) => (Object.values(read ?? {}).every((count) => tokens.safeParse(count).success) ? read : null));

export const tokenEstimates = z.object({ before: tokens, after: tokens });

/** Never below nothing: what a chat has cost counts against its cap. */
export const cost = z.object({ dollars: z.number().min(0), unknown: z.number().min(0), prices: z.string() });

export const contextUse = z.object({
  system: tokens.catch(0),
  tools: tokens.catch(0),
  history: tokens.catch(0),
  attachments: tokens.catch(0),
  window: tokens.positive(),
  reserved: tokens.exactOptional(),
  counted: z.literal(true).exactOptional(),
});

export const attachment = z.object({
  id: z.string(),
  label: z.string(),
  // Journals from before there were others hold selections alone.
  kind: z
    .enum([
      ...(["selection", "file", "folder", "symbol", "problems", "changes", "terminal"] as const),
      ...(["image", "document", "pasted", "url", "prompt", "instructions"] as const),
    ])
    .exactOptional(),
  path: z.string().exactOptional(),
  startLine: z.number().exactOptional(),
  endLine: z.number().exactOptional(),
  detail: z.string().exactOptional(),
  untrusted: z.literal(true).exactOptional(),
  problem: z.string().exactOptional(),
});

export const queuedPrompt = z.object({
  id: z.string(),
  text: z.string(),
  attachments: z.array(attachment),
  action: z.enum(["queue", "steer"]),
});

export const compaction = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("trim"),
    id: z.number(),
    before: z.number(),
    shortened: z.array(z.object({ tool: z.string(), input: z.string(), characters: z.number() })).exactOptional(),
  }),
  z.object({ kind: z.literal("summary"), id: z.number(), before: z.number(), text: z.string() }),
]);

export const withheld = z.object({ message: z.number(), block: z.number(), reason: z.enum(["guardrail", "refused"]) });

export const question = z.object({
  text: z.string(),
  options: z.array(z.object({ label: z.string(), description: z.string().exactOptional() })),
  multiple: z.boolean(),
});

export const planItem = z.object({ text: z.string(), status: z.enum(["pending", "in_progress", "done"]) });
