import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { malformedAnswer } from "./malformed-answer.ts";
import type { Model, ModelRequest } from "./model.ts";
import type { OnOddities } from "./oddities.ts";
import type { RequestPace } from "./request-pace.ts";
import { type RetryOptions, StepRetries } from "./step-retries.ts";
import { BrokenStream, type StreamedMessage, streamMessage } from "./stream-message.ts";

/** One attempt's model and request: made anew for each, since the user may switch the model while it waits. */
export interface Attempt {
  readonly model: Model;
  readonly request: ModelRequest;
  readonly pace: RequestPace;
}

export interface StepOptions extends RetryOptions {
  /** `repairs`: an earlier attempt of the step brought a tool call that cannot be read. Throws a `ModelError`. */
  readonly attempt: (repairs: boolean) => Promise<Attempt>;
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
      attempt = await options.attempt(retries.repairs);
      const streamed = await runAttempt(attempt, options.firstAttempt + made, options);
      options.budget.recovered();
      return streamed;
    } catch (error) {
      const broken = (error instanceof BrokenStream ? error : new BrokenStream(undefined, error)).after(shown);
      shown = broken.kept;
      await retries.prepare(broken, attempt?.pace);
    }
  }
}

async function runAttempt({ model, request, pace }: Attempt, attempt: number, options: StepOptions) {
  const { emit, signal, step, timing } = options;
  signal.throwIfAborted();
  for (let hold = pace.hold(timing.now()); hold !== undefined; hold = pace.hold(timing.now())) {
    emit({ type: "pace", ...hold, at: timing.now() });
    await timing.wait(hold.delayMs, signal);
  }
  emit({ type: "step-start", step, attempt, at: timing.now() });
  const answered = pace.send(timing.now());
  const streamed = await streamMessage({ ...options, model, request, now: timing.now });
  answered(streamed.usage);
  const malformed = malformedAnswer(streamed);
  if (malformed === undefined) return streamed;
  const { stopReason, usage } = streamed;
  emit({ type: "step-end", stopReason, usage, at: timing.now(), rejected: true });
  throw new BrokenStream(undefined, malformed, { shown: true });
}
