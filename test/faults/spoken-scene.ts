import type { ConverseCall } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { framesOf } from "./faulty-reply.ts";

/** What the emulated model means to say: two steps with two tools between them, and an answer to the next prompt. */
export const prompts = {
  /** Of the turn before, where the conversation is to be too long. */
  before: "Good morning to you. ".repeat(200),
  first: "Do the work.",
  next: "And now?",
} as const;

export const lookInput = { place: "the alpha room" } as const;
export const actInput = { command: "open the beta door slowly" } as const;

const firstText = ["I look ", "around ", "and then I act."];
const secondText = ["The door ", "is open ", "now."];

/** Text of the turn's steps, in order, as it must be on the screen. */
export const meantTexts: readonly string[] = [firstText.join(""), secondText.join("")];
export const nextText = "Nothing more is to do.";

const firstReply: Reply = {
  reasoning: { text: ["The user wants ", "something done, ", "so I look first."] },
  text: firstText,
  toolUses: [
    { name: "look", input: lookInput, fragmentLength: 7 },
    { name: "act", input: actInput, fragmentLength: 7 },
  ],
};
const secondReply: Reply = { text: secondText };
const summaryReply: Reply = { text: ["They wished ", "each other ", "a good morning."] };

/** Which model call of the conversation a request is. */
export type SpokenStep = 1 | 2 | "next" | "summary" | "before";

export function stepOf({ request }: ConverseCall): SpokenStep {
  const blocks = (request.messages ?? []).flatMap(({ content }) => content);
  if (blocks.some(({ text }) => text?.includes("Write that summary now"))) return "summary";
  if (blocks.some(({ text }) => text === prompts.next)) return "next";
  if (!blocks.some(({ text }) => text === prompts.first)) return "before";
  return blocks.some(({ toolResult }) => toolResult !== undefined) ? 2 : 1;
}

/** Whether the conversation still holds what makes it too long. */
export function isTooLong(call: ConverseCall): boolean {
  const step = stepOf(call);
  return step !== "summary" && step !== "before" && JSON.stringify(call.request).includes(prompts.before);
}

/** The whole, fault-free answer; where the history holds the beginning of it, only the rest, as a model that is asked to continue. */
export function meantReply(step: SpokenStep, call: ConverseCall): Reply {
  switch (step) {
    case "next":
      return { text: [nextText] };
    case "summary":
      return summaryReply;
    case "before":
      return { text: "Good morning." };
    case 1:
    case 2:
      return spokenReply(step, call);
  }
}

function spokenReply(step: 1 | 2, call: ConverseCall): Reply {
  const reply = step === 1 ? firstReply : secondReply;
  const begun = spokenSoFar(step, call);
  return begun === "" ? reply : { ...reply, text: [meantTexts[step - 1]?.slice(begun.length) ?? ""] };
}

function spokenSoFar(step: 1 | 2, { request }: ConverseCall): string {
  const last = request.messages?.findLast(({ role }) => role === "assistant");
  const text = (last?.content ?? []).map((block) => block.text ?? "").join("");
  const calls = last?.content.some(({ toolUse }) => toolUse !== undefined) ?? false;
  return !calls && text !== "" && meantTexts[step - 1]?.startsWith(text) === true ? text : "";
}

/** A moment within an answer. */
export type AnswerPoint = "start" | "thinking" | "text" | "tool-input" | "end";

/** Number of frames that are sent before this moment of a step's answer; two deltas into a block, one before its end. */
export function framesBefore(point: AnswerPoint, step: 1 | 2 | "summary"): number {
  const reply = { 1: firstReply, 2: secondReply, summary: summaryReply }[step];
  const frames = framesOf(reply);
  const position = (part: string, from: "first" | "last"): number => {
    const has = (frame: unknown): boolean => JSON.stringify(frame).includes(part);
    return from === "first" ? frames.findIndex(has) : frames.findLastIndex(has);
  };
  switch (point) {
    case "start":
      return 0;
    case "thinking":
      return position('"reasoningContent":{"text"', "first") + 2;
    case "text":
      return position('"delta":{"text"', "first") + 2;
    case "tool-input":
      return position('"delta":{"toolUse"', "last");
    case "end":
      return position('"stopReason"', "first");
  }
}
