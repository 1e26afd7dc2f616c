import * as z from "zod";
import type { FromPanel, ToHost } from "../protocol/panel-messages.ts";
import { contextReference } from "./context/context-reference.ts";

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
  z.strictObject({ type: z.literal("compact"), typed: z.literal(true).exactOptional() }),
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
  z.strictObject({ type: z.literal("plan-restore"), turnId: shortText }),
  z.strictObject({
    type: z.literal("restore"),
    turnId: shortText,
    scope: z.enum(["both", "files", "conversation"]),
  }),
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
      "showTerminal",
      "escalate",
      "failover",
      "openSettings",
      "setRegion",
      "setApiKey",
      "setUpGateway",
      "addContext",
      "renameChat",
      "forkChat",
      "exportChat",
      "allowAll",
      "defaultPermissions",
    ]),
    argument: shortText.exactOptional(),
  }),
  z.strictObject({ type: z.literal("open-link"), href: shortText }),
  z.strictObject({
    type: z.literal("send-while-running"),
    text: z.string().min(1).max(longestPrompt),
    attachments: z.array(shortText).max(100),
    action: z.enum(["queue", "steer", "stop"]),
  }),
  z.strictObject({
    type: z.literal("queued-prompt"),
    id: shortText,
    action: z.enum(["edit", "remove", "send"]),
  }),
  z.strictObject({ type: z.literal("clear-queue") }),
  z.strictObject({
    type: z.literal("resend"),
    turnId: shortText,
    text: z.string().min(1).max(longestPrompt),
  }),
  z.strictObject({ type: z.literal("keep-draft"), session: shortText, text: z.string().max(longestPrompt) }),
  z.strictObject({
    type: z.literal("keep-place"),
    session: shortText,
    place: z.strictObject({ turn: z.int(), offset: z.number() }).nullable(),
  }),
  z.strictObject({ type: z.literal("fork"), turnId: shortText }),
  z.strictObject({
    type: z.literal("open-file"),
    path: shortText,
    line: z.int().positive().exactOptional(),
    endLine: z.int().positive().exactOptional(),
  }),
  z.strictObject({ type: z.literal("check-paths"), paths: z.array(shortText).max(200) }),
  z.strictObject({ type: z.literal("find-context"), query: z.int().min(0), text: shortText }),
  z.strictObject({ type: z.literal("attach"), id: z.string().min(1).max(100), reference: contextReference }),
  z.strictObject({ type: z.literal("open-attachment"), id: shortText }),
  z.strictObject({ type: z.literal("toggle-implicit") }),
  z.strictObject({ type: z.literal("find-prompts") }),
  z.strictObject({
    type: z.literal("code-action"),
    action: z.enum(["insert-at-cursor", "apply-in-editor", "new-file", "terminal"]),
    text: z.string().max(longestPrompt),
    language: shortText,
    file: shortText.exactOptional(),
  }),
  z.strictObject({ type: z.literal("focus"), has: z.boolean() }),
]);

/** Files are called by it. */
const chatId = z
  .string()
  .regex(/^[\w-]{1,100}$/)
  .optional();

/** What a webview says is untrusted: anything but exactly one of the known messages, with or without the chat that the panel shows, is undefined. */
export function parseToHost(message: unknown): FromPanel | undefined {
  if (typeof message !== "object" || message === null || !("chat" in message)) return parseBare(message);
  // A copy of every own member, whatever it is called, so that the schemas see them all.
  const { chat, ...rest } = message;
  const [named, parsed] = [chatId.safeParse(chat), parseBare(rest)];
  if (!named.success || parsed === undefined) return undefined;
  return named.data === undefined ? parsed : { ...parsed, chat: named.data };
}

function parseBare(message: unknown): ToHost | undefined {
  const parsed = toHost.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
