import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { malformedAnswer } from "./malformed-answer.ts";
import type { AssembledToolUse } from "./message-assembler.ts";
import type { Model, ModelRequest, Stall } from "./model.ts";
import type { OnOddities } from "./oddities.ts";
import type { RequestPace } from "./request-pace.ts";
import { type RetryOptions, StepRetries } from "./step-retries.ts";
import {
  BrokenStream,
  type StreamedMessage,
  type StreamMessageOptions,
  shownCharacters,
  streamMessage,
} from "./stream-message.ts";

/** One attempt's model and request: made anew for each, since the user may switch the model while it waits. */
export interface Attempt {
  readonly model: Model;
  readonly request: ModelRequest;
  readonly pace: RequestPace;
}

export interface StepOptions extends RetryOptions {
  /**
   * `problem`: what was wrong with the tool calls of an earlier attempt, where they could not be read. Throws a
   * `ModelError`.
   */
  readonly attempt: (problem: string | undefined) => Promise<Attempt>;
  /** What is wrong with the inputs of these calls, a sentence each that names the tool. */
  readonly inputProblems?: (uses: readonly AssembledToolUse[]) => Promise<readonly string[]>;
  /** Nothing of the answer is shown, so that nothing of it can be lost or doubled by a retry. */
  readonly hidden?: true;
  readonly step: number;
  /** 1, or higher where an earlier, failed run of the same step is to be replaced on the screen. */
  readonly firstAttempt: number;
  /** The text that an earlier, failed run of the same step left on the screen. */
  readonly shown: Message | undefined;
  readonly uniqueId: (toolUseId: string) => string;
  readonly streamingTitle: (toolName: string) => string;
  readonly tools?: readonly { readonly name: string }[];
  readonly onOddities?: OnOddities;
}

/**
 * One step: attempts until one gives a whole message. A retry replaces what the failed attempt had shown; no tool ran
 * before, so nothing happens twice. Throws `BrokenStream`.
 */
export async function runStep(options: StepOptions): Promise<StreamedMessage> {
  const retries = new StepRetries(options);
  let { shown } = options;
  let attempt: Attempt | undefined;
  for (let made = 0; ; made++) {
    try {
      attempt = await nextAttempt(retries.problem, options);
      const before = shownCharacters(shown);
      const givesUp = (stall: Stall, own: number | undefined): boolean =>
        retries.isLast(stall, options.hidden ? 0 : (own ?? before));
      const streamed = await runAttempt(attempt, options.firstAttempt + made, { ...options, givesUp });
      options.budget.recovered();
      return streamed;
    } catch (error) {
      const thrown = error instanceof BrokenStream ? error : new BrokenStream(undefined, error);
      const broken = (options.hidden ? thrown.unseen() : thrown).after(shown);
      shown = broken.kept;
      await retries.prepare(broken, attempt?.pace);
    }
  }
}

/** The attempt whose turn has come. It is made anew after each wait, in which the user may have switched the model. */
async function nextAttempt(
  problem: string | undefined,
  { attempt, emit, signal, timing }: StepOptions,
): Promise<Attempt> {
  for (;;) {
    const next = await attempt(problem);
    signal.throwIfAborted();
    const hold = next.pace.hold(timing.now());
    if (hold === undefined) return next;
    emit({ type: "pace", ...hold, at: timing.now() });
    await timing.wait(hold.delayMs, signal);
  }
}

type AttemptOptions = StepOptions & Pick<StreamMessageOptions, "givesUp">;

async function runAttempt({ model, request, pace }: Attempt, attempt: number, options: AttemptOptions) {
  const { emit, step, timing } = options;
  emit({ type: "step-start", step, attempt, at: timing.now() });
  const answered = pace.send(timing.now());
  const streamed = await streamMessage({ ...options, model, request, now: timing.now });
  answered(streamed.usage);
  const malformed = await malformedAnswer(streamed, options.inputProblems);
  if (malformed === undefined) return streamed;
  const { stopReason, usage } = streamed;
  emit({ type: "step-end", stopReason, usage, at: timing.now(), rejected: true });
  throw new BrokenStream(undefined, malformed, { shown: true });
}
