import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { GuardrailReport } from "../protocol/guardrail.ts";
import { isModelError, type RefusedPlace } from "./model.ts";
import { runStep, type StepOptions } from "./run-step.ts";
import { BrokenStream, type StreamedMessage } from "./stream-message.ts";

/** Why a part of the conversation has to stay out of what is sent. */
export type Refusal =
  | { readonly kind: "guardrail"; readonly report: GuardrailReport | undefined }
  /** A place in the messages of the request that was refused. */
  | { readonly kind: "refused"; readonly place: RefusedPlace };

/** What can be done to a conversation that cannot be sent as it is. Each answers false where it changed nothing. */
export interface Mending {
  /** The conversation is beyond a limit that was told, so that it need not be sent. Throws the signal's reason. */
  readonly isTooLong?: () => Promise<boolean>;
  /**
   * Makes a conversation that is too long shorter, where it may and something is left to leave out. Throws a
   * `ModelError`, or the signal's reason.
   */
  readonly makeRoom: () => Promise<boolean>;
  /** Leaves the part that was refused out of what is sent, from now on. */
  readonly withhold: (refusal: Refusal) => Promise<boolean>;
}

/** Most times that one step may make the conversation shorter: old results, then summaries. */
const mostCompactions = 3;

/**
 * A step whose request or answer is too long for the model is tried again in a shorter conversation; one that is
 * refused for a part of the conversation, once without that part. What fails on the way there fails the step, and what
 * the step itself had shown stays. Throws `BrokenStream`.
 */
export async function runMendedStep(options: StepOptions & Mending): Promise<StreamedMessage> {
  const { emit, timing } = options;
  let { shown } = options;
  let compactions = 0;
  let withheld = false;
  const shorten = async (own: Message | undefined): Promise<boolean> => {
    if (compactions === mostCompactions || !(await keeping(own, options.makeRoom))) return false;
    compactions++;
    return true;
  };
  const mend = async ({ kept, cause }: BrokenStream): Promise<boolean> => {
    if (!isModelError(cause)) return false;
    if (cause.kind === "context_overflow" && (await shorten(kept))) return true;
    if (withheld) return false;
    withheld = await withholdPlace(cause.lesson.refusedAt, options);
    return withheld;
  };
  const { isTooLong = async () => false } = options;
  while ((await keeping(shown, isTooLong)) && (await shorten(shown)));
  for (let round = 0; ; round++) {
    const ended = await tryStep({ ...options, shown, firstAttempt: options.firstAttempt + round });
    if (ended instanceof BrokenStream) {
      if (!(await mend(ended))) throw ended;
      shown = ended.kept;
    } else {
      if (!isFull(ended) || !(await shorten(textOf(ended)))) return ended;
      const { stopReason, usage } = ended;
      emit({ type: "step-end", stopReason, usage, at: timing.now(), rejected: true });
      shown = undefined;
    }
  }
}

async function tryStep(options: StepOptions): Promise<StreamedMessage | BrokenStream> {
  try {
    return await runStep(options);
  } catch (error) {
    if (error instanceof BrokenStream) return error;
    throw error;
  }
}

/** `own`: what the step has on the screen, which a failure of the work leaves as it is. */
async function keeping(own: Message | undefined, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    throw new BrokenStream(own, error, { shown: own !== undefined });
  }
}

function isFull({ stopReason }: StreamedMessage): boolean {
  return stopReason === "model_context_window_exceeded";
}

function textOf({ message: { content = [] } }: StreamedMessage): Message | undefined {
  const texts = content.filter(({ text = "" }) => text.trim() !== "");
  return texts.length === 0 ? undefined : { role: "assistant", content: texts };
}

async function withholdPlace(place: RefusedPlace | undefined, { withhold }: Mending): Promise<boolean> {
  return place !== undefined && withhold({ kind: "refused", place });
}
