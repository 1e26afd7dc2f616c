import * as z from "zod";
import type { ToHost } from "../protocol/panel-messages.ts";

const longestPrompt = 1_000_000;
const shortText = z.string().max(10_000);

const decision = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("allow"),
    grant: z.strictObject({ offer: shortText, scope: z.enum(["turn", "session", "workspace"]) }).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("skip"), feedback: shortText }),
]);

const questionAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("answer"), chosen: z.array(z.int().min(0)).max(10), text: shortText }),
  z.strictObject({ kind: z.literal("skip") }),
]);

const toHost: z.ZodType<ToHost> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({
    type: z.literal("send"),
    text: z.string().min(1).max(longestPrompt),
    attachments: z.array(shortText).max(100),
  }),
  z.strictObject({ type: z.literal("stop") }),
  z.strictObject({ type: z.literal("new-chat") }),
  z.strictObject({ type: z.literal("resume") }),
  z.strictObject({ type: z.literal("continue") }),
  z.strictObject({ type: z.literal("retry-now") }),
  z.strictObject({ type: z.literal("undo-compaction"), id: z.int() }),
  z.strictObject({ type: z.literal("compact") }),
  z.strictObject({
    type: z.literal("approve"),
    answer: z.strictObject({ id: shortText, digest: shortText, decision }),
  }),
  z.strictObject({
    type: z.literal("choose-running"),
    id: shortText,
    choice: z.enum(["wait", "use-output", "stop"]),
  }),
  z.strictObject({ type: z.literal("show-approval"), id: shortText }),
  z.strictObject({ type: z.literal("answer-question"), id: shortText, answer: questionAnswer }),
  z.strictObject({ type: z.literal("set-mode"), mode: z.enum(["agent", "ask"]) }),
  z.strictObject({
    type: z.literal("review"),
    action: z.enum(["open", "keep", "undo"]),
    path: shortText.exactOptional(),
  }),
  z.strictObject({ type: z.literal("show-diff"), id: shortText }),
  z.strictObject({ type: z.literal("restore"), turnId: shortText }),
  z.strictObject({ type: z.literal("redo") }),
  z.strictObject({ type: z.literal("remove-attachment"), id: shortText }),
  z.strictObject({
    type: z.literal("command"),
    command: z.enum([
      "manageTrust",
      "manageRules",
      "selectModel",
      "configureTools",
      "selectIdentity",
      "signIn",
      "lowerMaxTokens",
      "tryDemo",
      "showLog",
      "showUsage",
      "escalate",
      "failover",
      "openSettings",
    ]),
  }),
  z.strictObject({ type: z.literal("open-link"), href: shortText }),
  z.strictObject({ type: z.literal("open-file"), path: shortText, line: z.int().positive().exactOptional() }),
]);

/** What a webview says is untrusted: anything but exactly one of the known messages is undefined. */
export function parseToHost(message: unknown): ToHost | undefined {
  const parsed = toHost.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
