import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { runTurn, type TurnOptions } from "../../src/agent/run-turn.ts";
import { uniqueIds } from "../../src/chat/unique-ids.ts";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import { emptyChat } from "../../src/protocol/chat-state.ts";
import { EventRecorder } from "./event-recorder.ts";
import { allowAll } from "./fake-gate.ts";
import { fakeTiming } from "./fake-timing.ts";
import type { ScriptedModel } from "./scripted-model.ts";

export interface TurnScene extends Partial<Omit<TurnOptions, "history" | "answerer">> {
  readonly model: ScriptedModel;
  /** Before the turn; by default one prompt. */
  readonly history?: readonly Message[];
  readonly recorder?: EventRecorder;
}

export interface PlayedTurn {
  readonly outcome: TurnOutcome;
  readonly messages: readonly Message[];
  readonly recorder: EventRecorder;
  readonly model: ScriptedModel;
}

/** Runs one turn of the loop to its end. */
export async function playTurn(scene: TurnScene): Promise<PlayedTurn> {
  const { history = [{ role: "user", content: [{ text: "Hi" }] }], recorder = new EventRecorder(), ...given } = scene;
  const messages = [...history];
  const { model, ...options } = given;
  const pace = new RequestPace({ requests: 1, tokens: 1 });
  const outcome = await runTurn({
    tools: [],
    gate: allowAll,
    system: "Be brief.",
    signal: new AbortController().signal,
    uniqueId: uniqueIds(emptyChat("s")),
    maxSteps: 25,
    firstStep: 1,
    firstAttempt: 1,
    shown: undefined,
    limits: { retries: 8, longestWaitMs: 60_000 },
    timing: fakeTiming(),
    makeRoom: async () => false,
    withhold: async () => false,
    openCalls: [],
    ...options,
    answerer: async () => ({ model, pace }),
    history: { messages, append: (message) => void messages.push(message) },
    emit: scene.emit ?? recorder.emit,
  });
  return { outcome, messages, recorder, model };
}
