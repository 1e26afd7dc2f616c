import * as z from "zod";
import { extract, type Form } from "../../agent/extract.ts";
import type { Model } from "../../agent/model.ts";
import type { Timing } from "../../agent/timing.ts";
import { withinLimit } from "../../agent/within-limit.ts";
import type { Turn } from "../../protocol/chat-state.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import { asTitle } from "./as-title.ts";

export interface WriteTitleOptions {
  /** The first of the chat. */
  readonly turn: Pick<Turn, "prompt" | "parts">;
  /** Rejects with a `ModelError`. */
  readonly model: () => Promise<Model>;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/** Nobody waits for a title, but a chat should not change its name late. */
const limitMs = 15_000;

/** Of the prompt and of the answer: what a chat is about stands at their beginning, and a title must cost little. */
const mostOfPrompt = 1_600;
const mostOfAnswer = 800;

const form: Form<{ readonly title: string }> = {
  name: "name_chat",
  description: "Takes the title of a chat.",
  schema: z.object({
    title: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe("Two to six words that name the subject, in the developer's language, without a full stop"),
  }),
};

const system =
  "Below is the beginning of a chat between a developer and a coding assistant. Do not answer it. Give the chat a title.";

/** Asks for a title. Rejects as `extract` and `withinLimit` do. */
export async function writeTitle({ turn, model, timing, signal }: WriteTitleOptions) {
  const answer = turn.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
  const input = `${turn.prompt.slice(0, mostOfPrompt)}\n\n---\n\n${answer.slice(0, mostOfAnswer)}`;
  const asked = await withinLimit({ limitMs, timing, signal }, async (both) =>
    extract({ form, system, input, model: await model(), signal: both, now: timing.now }),
  );
  const written: { readonly title: string; readonly usage: TokenUsage | null } = {
    title: asTitle(asked.value.title),
    usage: asked.usage,
  };
  return written;
}
