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
  /** Makes a conversation that is too long shorter, where it may and something is left to leave out. */
  readonly makeRoom: () => Promise<boolean>;
  /** Leaves the part that was refused out of what is sent, from now on. */
  readonly withhold: (refusal: Refusal) => Promise<boolean>;
}

/** Most times that one step may make the conversation shorter: old results, then summaries. */
const mostCompactions = 3;

/**
 * A step whose request or answer is too long for the model is tried again in a shorter conversation; one that is
 * refused for a part of the conversation, once without that part. Throws `BrokenStream`.
 */
export async function runMendedStep(options: StepOptions & Mending): Promise<StreamedMessage> {
  const { emit, timing } = options;
  let { shown } = options;
  let compactions = 0;
  let mended = false;
  for (let round = 0; ; round++) {
    try {
      const streamed = await runStep({ ...options, shown, firstAttempt: options.firstAttempt + round });
      if (!isFull(streamed) || compactions === mostCompactions || !(await options.makeRoom())) return streamed;
      const { stopReason, usage } = streamed;
      emit({ type: "step-end", stopReason, usage, at: timing.now(), rejected: true });
      shown = undefined;
      compactions++;
    } catch (error) {
      if (!(error instanceof BrokenStream) || !isModelError(error.cause)) throw error;
      const { kind, lesson } = error.cause;
      if (kind === "context_overflow" && compactions < mostCompactions && (await options.makeRoom())) compactions++;
      else if (!mended && (await withholdPlace(lesson.refusedAt, options))) mended = true;
      else throw error;
      shown = error.kept;
    }
  }
}

function isFull({ stopReason }: StreamedMessage): boolean {
  return stopReason === "model_context_window_exceeded";
}

async function withholdPlace(place: RefusedPlace | undefined, { withhold }: Mending): Promise<boolean> {
  return place !== undefined && withhold({ kind: "refused", place });
}
