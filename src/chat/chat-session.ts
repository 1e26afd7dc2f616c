import { randomUUID } from "node:crypto";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Gate } from "../agent/gate.ts";
import { isModelError, type Model } from "../agent/model.ts";
import type { RetryLimits, Timing } from "../agent/run-step.ts";
import { runTurn } from "../agent/run-turn.ts";
import type { Tool } from "../agent/tool.ts";
import type { ApprovalAnswer, ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import type { ChatEvent, Connection, TurnOutcome } from "../protocol/chat-event.ts";
import { reduceChat } from "../protocol/chat-reducer.ts";
import type { ChatState, Turn } from "../protocol/chat-state.ts";
import { PendingApprovals } from "./pending-approvals.ts";
import { type Prompt, toAttachment, toUserMessage } from "./prompt.ts";
import type { SessionStart } from "./restore-session.ts";
import { unexpectedError } from "./unexpected-error.ts";
import { uniqueIds } from "./unique-ids.ts";

/** What a turn takes from the settings of the moment. */
export interface TurnSettings {
  readonly connection: Connection;
  readonly maxSteps: number;
  readonly limits: RetryLimits;
}

/** Where the session is kept. `flush` rejects with the first failure to write. */
export interface SessionStore {
  event(event: ChatEvent): void;
  message(message: Message): void;
  flush(): Promise<void>;
}

export interface ChatSessionOptions {
  readonly start: SessionStart;
  readonly store: SessionStore;
  readonly settings: () => TurnSettings;
  /** Loads what it needs on the first call. Rejects with a `ModelError`. */
  readonly connect: (connection: Connection) => Promise<Model>;
  readonly tools: () => readonly Tool[];
  readonly createGate: (ask: (request: ApprovalRequest, signal: AbortSignal) => Promise<ApprovalDecision>) => Gate;
  readonly systemPrompt: (hasTools: boolean) => string;
  readonly timing: Timing;
  /** A failure that is a bug or a full disk: shown to the user once, with its cause. */
  readonly report: (error: unknown) => void;
}

/** One conversation: at most one turn at a time, every event folded, kept and passed on. Free of VS Code. */
export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #messages: Message[];
  readonly #approvals: PendingApprovals;
  readonly #gate: Gate;
  readonly #uniqueId: (toolUseId: string) => string;
  readonly #listeners = new Set<(event: ChatEvent) => void>();
  #chat: ChatState;
  #running: AbortController | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    this.#chat = options.start.chat;
    this.#messages = [...options.start.messages];
    this.#approvals = new PendingApprovals(this.#emit, options.timing.now);
    this.#gate = options.createGate((request, signal) => this.#approvals.ask(request, signal));
    this.#uniqueId = uniqueIds(options.start.chat);
    for (const repair of options.start.repairs) options.store.event(repair);
  }

  get chat(): ChatState {
    return this.#chat;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get isEmpty(): boolean {
    return this.#chat.past.length === 0 && this.#chat.current === null;
  }

  /** Approvals that wait for the user. */
  get pendingApprovals(): number {
    return this.#approvals.count;
  }

  /** Resolves when no turn is running. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Calls `listener` with every event, after the fold. Answers with the way to stop that. */
  subscribe(listener: (event: ChatEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A new turn. Undefined, and nothing done, while one is running and where the prompt says nothing. */
  async send(prompt: Prompt): Promise<TurnOutcome | undefined> {
    if (this.isRunning || prompt.text.trim() === "") return undefined;
    const settings = this.#options.settings();
    this.#emit({
      type: "turn-start",
      turnId: randomUUID(),
      prompt: prompt.text,
      attachments: prompt.attachments.map(toAttachment),
      connection: settings.connection,
      at: this.#options.timing.now(),
    });
    this.#append(toUserMessage(prompt));
    return this.#begin(settings, 1, 1);
  }

  /** Goes on with the last turn, with the same messages. Undefined where nothing is to go on with. */
  async resume(): Promise<TurnOutcome | undefined> {
    const last = this.#chat.past.at(-1);
    if (this.isRunning || last === undefined || hasCompleted(last)) return undefined;
    this.#emit({ type: "turn-resume", at: this.#options.timing.now() });
    const { step, attempt } = nextStep(last, this.#messages);
    return this.#begin(this.#options.settings(), step, attempt);
  }

  /** Ends the running turn; what was shown stays. */
  stop(): void {
    this.#running?.abort();
  }

  answer(answer: ApprovalAnswer): boolean {
    return this.#approvals.answer(answer);
  }

  #begin(settings: TurnSettings, firstStep: number, firstAttempt: number): Promise<TurnOutcome> {
    const turn = this.#run(settings, firstStep, firstAttempt);
    this.#turn = turn;
    return turn;
  }

  async #run(settings: TurnSettings, firstStep: number, firstAttempt: number): Promise<TurnOutcome> {
    const controller = new AbortController();
    this.#running = controller;
    const outcome = await this.#outcome(settings, firstStep, firstAttempt, controller.signal);
    this.#running = undefined;
    this.#emit({ type: "turn-end", outcome, at: this.#options.timing.now() });
    await this.#options.store.flush().catch(this.#options.report);
    return outcome;
  }

  async #outcome(settings: TurnSettings, firstStep: number, firstAttempt: number, signal: AbortSignal) {
    try {
      const model = await this.#options.connect(settings.connection);
      if (signal.aborted) return { kind: "cancelled" } as const;
      const tools = this.#options.tools();
      return await runTurn({
        history: { messages: this.#messages, append: this.#append },
        model,
        tools,
        gate: this.#gate,
        system: this.#options.systemPrompt(tools.length > 0),
        emit: this.#emit,
        signal,
        uniqueId: this.#uniqueId,
        maxSteps: settings.maxSteps,
        firstStep,
        firstAttempt,
        limits: settings.limits,
        timing: this.#options.timing,
      });
    } catch (error) {
      if (isModelError(error) && signal.aborted) return { kind: "cancelled" } as const;
      if (isModelError(error)) return { kind: "failed", error: error.error } as const;
      this.#options.report(error);
      return { kind: "failed", error: unexpectedError(error) } as const;
    }
  }

  readonly #append = (message: Message): void => {
    this.#messages.push(message);
    this.#options.store.message(message);
  };

  readonly #emit = (event: ChatEvent): void => {
    this.#chat = reduceChat(this.#chat, event);
    this.#options.store.event(event);
    for (const listener of this.#listeners) listener(event);
  };
}

function hasCompleted({ phase }: Turn): boolean {
  return phase.kind === "ended" && phase.outcome.kind === "completed";
}

/** A step that broke off before its message was whole is tried again in its place; else the next step begins. */
function nextStep({ phase, step }: Turn, messages: readonly Message[]): { step: number; attempt: number } {
  const broken = phase.kind === "ended" && (phase.outcome.kind === "failed" || phase.outcome.kind === "interrupted");
  const again = broken && step > 0 && messages.at(-1)?.role === "user";
  return again ? { step, attempt: 2 } : { step: step + 1, attempt: 1 };
}
