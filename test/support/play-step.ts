import { RequestPace } from "../../src/agent/request-pace.ts";
import { RetryBudget } from "../../src/agent/retry-budget.ts";
import { runStep, type StepOptions } from "../../src/agent/run-step.ts";
import { EventRecorder } from "./event-recorder.ts";
import { type FakeTiming, fakeTiming } from "./fake-timing.ts";
import { type ReplyPart, ScriptedModel } from "./scripted-model.ts";

export interface StepScene extends Partial<Omit<StepOptions, "limits" | "timing" | "emit">> {
  readonly replies: readonly (readonly ReplyPart[])[];
  readonly retries?: number;
  readonly longestWaitMs?: number;
  readonly timing?: FakeTiming;
  readonly recorder?: EventRecorder;
  readonly pace?: RequestPace;
}

/** Begins step 3 of a turn. `step` is what it comes to. */
export function playStep(scene: StepScene) {
  const { replies, retries = 8, longestWaitMs = 60_000, recorder = new EventRecorder(), ...options } = scene;
  const model = new ScriptedModel(...replies);
  const timing = scene.timing ?? fakeTiming();
  const pace = scene.pace ?? new RequestPace({ requests: 1, tokens: 1 });
  const request = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }] };
  const step = runStep({
    attempt: async () => ({ model, request, pace }),
    budget: new RetryBudget(20, 600_000),
    signal: new AbortController().signal,
    uniqueId: (id) => id,
    streamingTitle: (name) => name,
    step: 3,
    firstAttempt: 1,
    shown: undefined,
    ...options,
    emit: recorder.emit,
    limits: { retries, longestWaitMs },
    timing,
  });
  return { step, model, recorder, timing, pace };
}
