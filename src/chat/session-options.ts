import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Gate } from "../agent/gate.ts";
import type { OnOddities } from "../agent/oddities.ts";
import type { Answerer } from "../agent/run-turn.ts";
import type { Timing } from "../agent/timing.ts";
import type { Tool } from "../agent/tool.ts";
import type { ChatMode, ToolChoice } from "../protocol/chat-choice.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import type { Connection } from "../protocol/connection.ts";
import type { RoutingTier } from "../protocol/routing.ts";
import type { Ask } from "./answer-hold.ts";
import type { Prompt } from "./prompt.ts";
import type { SessionStart } from "./restore-session.ts";
import type { TurnRunnerOptions, TurnSettings } from "./turn-runner.ts";

/** Where the session is kept. `flush` rejects with the first failure to write. */
export interface SessionStore {
  event(event: ChatEvent): void;
  message(message: Message): void;
  /** All of a prompt that waits, by its id in the queue. */
  prompt(id: string, prompt: Prompt): void;
  /** Content from outside the workspace has come into the conversation: that counts after a restart too. */
  untrusted(): void;
  flush(): Promise<void>;
}

export interface ChatSessionOptions extends Pick<TurnRunnerOptions, "onFailure"> {
  readonly start: SessionStart;
  readonly store: SessionStore;
  readonly settings: () => TurnSettings;
  /** Loads what it needs on the first call. Rejects with a `ModelError`. */
  readonly connect: (connection: Connection) => Promise<Answerer>;
  /** The tools that there are now. Loads what it needs on the first call. */
  readonly tools: () => readonly Tool[] | Promise<readonly Tool[]>;
  /** `notify` shows the user something that is no question; `onUntrusted` keeps that untrusted content has come. */
  readonly createGate: (ask: Ask, notify: (text: string) => void, onUntrusted: () => void) => Gate;
  readonly systemPrompt: (hasTools: boolean, mode: ChatMode) => string;
  /** What holds where the user has chosen nothing in this chat; left out: Agent mode and every tool. */
  readonly defaults?: () => { readonly mode: ChatMode; readonly tools: ToolChoice };
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
