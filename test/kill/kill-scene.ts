import type { Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";

/** The turn that is killed: three model calls with tools between them, and what comes after it. */
export const killPrompts = { first: "Open both doors.", next: "And now?" } as const;
export const nextAnswer = "Both doors were to be opened.";

/** Deltas per second: slow enough to be killed between any two events. */
const tokensPerSecond = 200;

const steps: readonly Reply[] = [
  {
    reasoning: { text: "Two doors. I look at the first one before I open it." },
    text: "I begin with the first door.",
    toolUses: [
      { name: "look", input: { door: "first" }, toolUseId: "look_first" },
      { name: "open_door", input: { door: "first" }, toolUseId: "open_first" },
    ],
    tokensPerSecond,
  },
  {
    text: "The first door is open, now the second one.",
    toolUses: [{ name: "open_door", input: { door: "second" }, toolUseId: "open_second" }],
    tokensPerSecond,
  },
  { text: "Both doors are open.", tokensPerSecond },
];

/** Text and tool use ids of the assistant message of each step. */
export const meantSteps = steps.map(({ text, toolUses = [] }) => ({
  text,
  toolUseIds: toolUses.map(({ toolUseId }) => toolUseId),
}));

export const killResponder: Responder = ({ request }) => {
  const messages = request.messages ?? [];
  if (messages.some(({ content }) => content.some(({ text }) => text === killPrompts.next))) {
    return { text: nextAnswer };
  }
  return steps[messages.filter(({ role }) => role === "assistant").length];
};
