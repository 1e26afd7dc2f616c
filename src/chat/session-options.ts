import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Gate } from "../agent/gate.ts";
import type { OnOddities } from "../agent/oddities.ts";
import type { Answerer } from "../agent/run-turn.ts";
import type { Timing } from "../agent/timing.ts";
import type { ChatEvent, Connection } from "../protocol/chat-event.ts";
import type { RoutingTier } from "../protocol/routing.ts";
import type { Ask } from "./answer-hold.ts";
import type { SessionStart } from "./restore-session.ts";
import type { TurnRunnerOptions, TurnSettings } from "./turn-runner.ts";

/** Where the session is kept. `flush` rejects with the first failure to write. */
export interface SessionStore {
  event(event: ChatEvent): void;
  message(message: Message): void;
  flush(): Promise<void>;
}

export interface ChatSessionOptions extends Pick<TurnRunnerOptions, "onFailure"> {
  readonly start: SessionStart;
  readonly store: SessionStore;
  readonly settings: () => TurnSettings;
  /** Loads what it needs on the first call. Rejects with a `ModelError`. */
  readonly connect: (connection: Connection) => Promise<Answerer>;
  /** What the model is offered now. Loads what it needs on the first call. */
  readonly tools: TurnRunnerOptions["tools"];
  /** `notify` shows the user something that is no question. */
  readonly createGate: (ask: Ask, notify: (text: string) => void) => Gate;
  readonly systemPrompt: (hasTools: boolean) => string;
  readonly timing: Timing;
  /** A failure that is a bug or a full disk: shown to the user once, with its cause. */
  readonly report: (error: unknown) => void;
  /** Adds to an event what is known beside the loop, such as what its step cost. */
  readonly complete?: (event: ChatEvent) => ChatEvent;
  /** What was odd in the stream of an answer, for the log. */
  readonly onOddities?: OnOddities;
  /** Told of each routed turn that has a whole answer which of the two models gave it. */
  readonly onServed?: (tier: RoutingTier) => void;
}
