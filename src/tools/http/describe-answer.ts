import { type ToolError as Failure, ToolError, type ToolSuccess, textResult } from "../../agent/tool.ts";
import type { JsonObject } from "../../agent/tool-input.ts";
import { wellFormed } from "../../agent/well-formed.ts";
import { t } from "../../protocol/localize.ts";
import { RESULT_SIZE } from "../result-size.ts";
import type { HttpAnswer } from "./http-client.ts";

/** A result with status 2xx: an object as a `json` block, other text as it is. */
export function toSuccess(shown: string, answer: HttpAnswer): ToolSuccess {
  const title = t("Called {0}, {1}", shown, statusOf(answer));
  const text = textOf(answer);
  const json = answer.isCut || text.length > RESULT_SIZE ? undefined : objectIn(text);
  if (json !== undefined) return { content: [{ json }], title };
  const body = text.trim() === "" ? `${statusOf(answer)}, without a body.` : wholeOf(text, answer);
  return { content: textResult(body), title, whenCut: "Where its input can ask for less, ask for less." };
}

/** What the model is told of an answer that is no success. */
export function toFailure({ tool, isWrite }: { tool: string; isWrite: boolean }, answer: HttpAnswer): Failure {
  const text = textOf(answer);
  const wait = answer.headers["retry-after"];
  const lines = [
    `${tool} failed: the server answered ${statusOf(answer)}.`,
    ...(wait === undefined ? [] : [`It asks to wait: Retry-After: ${wait.slice(0, 100)}.`]),
    ...(isWrite && !isSettled(answer.status) ? [unknownOutcome] : []),
    ...(text.trim() === "" ? [] : [wholeOf(text, answer)]),
  ];
  return new ToolError(lines.join("\n"));
}

/** For a write of which no answer tells what came of it. */
export const unknownOutcome =
  "Whether it took effect is not known. The same call with the same input may be made again: it carries the same Idempotency-Key.";

/** Whether a status says what came of a write. The others are of servers in between, or of one that is still at it. */
export function isSettled(status: number): boolean {
  return status < 500 && ![408, 409, 425, 429].includes(status);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function statusOf({ status, statusText }: HttpAnswer): string {
  return `HTTP ${status} ${statusText}`.trim();
}

function textOf({ headers, body, isCut }: HttpAnswer): string {
  const type = headers["content-type"] ?? "";
  const isText =
    type === "" ||
    /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript)|application\/x-www-form)/iu.test(type);
  if (!isText)
    return body.length === 0
      ? ""
      : `(${body.length.toLocaleString("en")} bytes${isCut ? " or more" : ""} of ${type}, not shown)`;
  const [, charset = "utf-8"] = /charset="?([\w.:-]+)/iu.exec(type) ?? [];
  return wellFormed(decode(body, charset));
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Converse takes objects alone for a `json` block; everything else goes as text. */
function objectIn(text: string): JsonObject | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text, (_key, member: unknown) => (typeof member === "string" ? wellFormed(member) : member));
  } catch {
    return undefined;
  }
}

function wholeOf(text: string, { isCut }: HttpAnswer): string {
  return isCut ? `${text}\n… (the server sent more, which was not read)` : text;
}
