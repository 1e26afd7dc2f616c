import type { ConverseCall } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { framesOf } from "./faulty-reply.ts";

/** What the emulated model means to say: two steps with two tools between them, and an answer to the next prompt. */
export const prompts = { first: "Do the work.", next: "And now?" } as const;

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

/** Which model call of the conversation a request is. */
export type SpokenStep = 1 | 2 | "next";

export function stepOf({ request }: ConverseCall): SpokenStep {
  const blocks = (request.messages ?? []).flatMap(({ content }) => content);
  if (blocks.some(({ text }) => text === prompts.next)) return "next";
  return blocks.some(({ toolResult }) => toolResult !== undefined) ? 2 : 1;
}

/** The whole, fault-free answer; where the history holds the beginning of it, only the rest, as a model that is asked to continue. */
export function meantReply(step: SpokenStep, call: ConverseCall): Reply {
  if (step === "next") return { text: [nextText] };
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
export function framesBefore(point: AnswerPoint, step: 1 | 2): number {
  const reply = step === 1 ? firstReply : secondReply;
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
