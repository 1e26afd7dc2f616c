import * as z from "zod";
import { ExtractionFailed, extract, type Form } from "../../agent/extract.ts";
import type { Model } from "../../agent/model.ts";
import { BrokenStream } from "../../agent/stream-message.ts";
import type { Timing } from "../../agent/timing.ts";
import { untilAborted } from "../../agent/until-aborted.ts";
import { LimitReached, withinLimit } from "../../agent/within-limit.ts";
import type { RoutingTier } from "../../protocol/routing.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";

/** Where a prompt goes, and why: a phrase that ends no sentence. */
export interface Verdict {
  readonly tier: RoutingTier;
  readonly reason: string;
  /** What the verdict took; null where nobody said. */
  readonly usage: TokenUsage | null;
}

export interface JudgePromptOptions {
  readonly prompt: string;
  /** The small model that judges. Rejects with a `ModelError`. */
  readonly judge: () => Promise<Model>;
  /** Longest wait for the verdict, in milliseconds. */
  readonly limitMs: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

const form: Form<{ readonly tier: RoutingTier; readonly reason: string }> = {
  name: "route_prompt",
  description: "Says which model a developer's prompt is for.",
  schema: z.object({
    tier: z.enum(["fast", "frontier"]),
    reason: z.string().max(400).describe("Why, in at most eight words, lower case"),
  }),
};

const system = `A developer wrote the prompt below to a coding assistant in their editor. Do not answer it. Judge which model it is for.
fast: questions about one place, explanations, small or mechanical edits, running a task, looking something up, chat.
frontier: design, several files at once, hard bugs, security, performance, concurrency, long or vague requests, anything in doubt.`;

/** The beginning and the end of a long prompt tell what it is about. */
const mostCharacters = 4_000;
const mostReason = 80;

/** Asks the small model, within the limit. Whatever goes wrong, the prompt goes to the strongest one. Rejects with the signal's reason. */
export async function judgePrompt(options: JudgePromptOptions): Promise<Verdict> {
  const { judge, limitMs, timing, signal } = options;
  try {
    const { value, usage } = await withinLimit({ limitMs, timing, signal }, async (both) => {
      const model = await untilAborted(judge(), both);
      return extract({ form, system, input: excerpt(options.prompt), model, signal: both, now: timing.now });
    });
    return { tier: value.tier, reason: phrase(value.reason), usage };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LimitReached) return unjudged(`no verdict within ${Math.round(limitMs / 100) / 10} s`);
    const cause = error instanceof BrokenStream ? error.cause : error;
    return unjudged(cause instanceof ExtractionFailed ? "no clear verdict" : "the judging model could not be asked");
  }
}

function unjudged(reason: string): Verdict {
  return { tier: "frontier", reason, usage: null };
}

function excerpt(prompt: string): string {
  if (prompt.length <= mostCharacters) return prompt;
  const half = mostCharacters / 2;
  return `${prompt.slice(0, half)}\n[…]\n${prompt.slice(-half)}`;
}

/** One short line without its full stop. */
function phrase(reason: string): string {
  const line = reason.replace(/\s+/gu, " ").trim().replace(/\.$/u, "");
  return line.length > mostReason ? `${line.slice(0, mostReason - 1)}…` : line;
}
