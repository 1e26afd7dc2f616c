import { randomUUID } from "node:crypto";
import type { Gate } from "../agent/gate.ts";
import type { Answerer } from "../agent/run-turn.ts";
import type { ApprovalAnswer } from "../protocol/approval.ts";
import type { ChatEvent, TurnOutcome } from "../protocol/chat-event.ts";
import type { ChatState, Turn } from "../protocol/chat-state.ts";
import type { Connection } from "../protocol/connection.ts";
import type { RoutingTier } from "../protocol/routing.ts";
import { AnswerHold, unanswered } from "./answer-hold.ts";
import { LazyTurnRunner } from "./lazy-turn-runner.ts";
import { mayAskAgain } from "./open-calls.ts";
import { type AnswerSource, PendingApprovals } from "./pending-approvals.ts";
import { isUntrusted, type Prompt, turnStart } from "./prompt.ts";
import { PromptQueue } from "./prompt-queue.ts";
import { JournalError } from "./read-journal.ts";
import { askAnew, continueTurn, hasCompleted, nextStep, pauseOf } from "./resume-turn.ts";
import { RunningCalls } from "./running-calls.ts";
import { SessionConnection } from "./session-connection.ts";
import { SessionEdits } from "./session-edits.ts";
import { SessionLog } from "./session-log.ts";
import { SessionOffer } from "./session-offer.ts";
import type { ChatSessionOptions } from "./session-options.ts";
import { SessionTalk } from "./session-talk.ts";
import type { Begin, TurnSettings } from "./turn-runner.ts";
import { uniqueIds } from "./unique-ids.ts";

/** One conversation: at most one turn at a time, every event folded, kept and passed on. Free of VS Code. */
export class ChatSession {
  /** Who answers at this moment, and the waits for them. */
  readonly connection: SessionConnection;
  /** What tools ask and show the user, and the user's answers. */
  readonly talk: SessionTalk;
  /** What the model is offered. */
  readonly offer: SessionOffer;
  /** Takes what the user chooses for a call that runs for long. */
  readonly running: RunningCalls;
  /** What changes the conversation beside its turns. */
  readonly edits: SessionEdits;
  /** Prompts that wait for the turn that runs. */
  readonly queue: PromptQueue;
  readonly #options: ChatSessionOptions;
  readonly #log: SessionLog;
  readonly #approvals: PendingApprovals;
  readonly #hold = new AnswerHold();
  readonly #gate: Gate;
  readonly #runner: LazyTurnRunner;
  #running: AbortController | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    const log = new SessionLog(options);
    this.#log = log;
    this.#approvals = new PendingApprovals(log.emit, options.timing.now);
    this.talk = new SessionTalk(log.emit, options.timing.now, () => this.#hold.release());
    this.offer = new SessionOffer({ ...options, chat: () => log.chat, emit: log.emit, now: options.timing.now });
    this.running = new RunningCalls(log.emit, options.timing.now);
    this.edits = new SessionEdits(log, { now: options.timing.now, isRunning: () => this.isRunning });
    this.queue = new PromptQueue({
      ...{ log, start: options.start, now: options.timing.now, report: options.report },
      isRunning: () => this.isRunning,
      stop: () => this.stop(),
      settled: () => this.settled(),
      send: (prompt) => this.send(prompt),
      onUntrusted: () => this.#gate.addUntrusted(),
    });
    this.connection = new SessionConnection({
      ...options,
      connection: () => options.settings().connection,
      connect: (connection) => this.#connect(connection),
      emit: log.emit,
    });
    this.#gate = this.#hold.guard(
      (ask) => options.createGate(ask, (text) => this.edits.tell(text), log.keepUntrusted),
      (request, signal) => this.#approvals.ask(request, signal),
    );
    if (options.start.untrusted) this.#gate.addUntrusted();
    this.#runner = new LazyTurnRunner({
      ...options,
      ...{ messages: log.messages, append: log.append, emit: log.emit },
      chat: () => log.chat,
      offer: () => this.offer.forTurn(),
      gate: this.#gate,
      stillRunning: this.running.ask,
      steer: this.queue.steer,
      connection: this.connection,
      uniqueId: uniqueIds(options.start.chat),
    });
    if (options.start.damage !== undefined) options.report(new JournalError(options.start.damage));
  }

  get chat(): ChatState {
    return this.#log.chat;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get takesPrompt(): boolean {
    return !this.isClosed && (!this.isRunning || this.#hold.isHeld);
  }

  /** Nothing begins in it any more: its journal may be another's. */
  get isClosed(): boolean {
    return this.#log.isClosed;
  }

  get isEmpty(): boolean {
    return this.chat.past.length === 0 && this.chat.current === null && this.chat.rewound === undefined;
  }

  /** Resolves when no turn is running. */
  async settled(): Promise<void> {
    do await this.#turn;
    while (this.isRunning);
  }

  /** Calls `listener` with every event, after the fold. Answers with the way to stop that. */
  subscribe(listener: (event: ChatEvent) => void): () => void {
    return this.#log.subscribe(listener);
  }

  /**
   * A new turn. Undefined, and nothing done, while one is running and where the prompt says nothing. A turn that waits
   * to be taken up again ends, its calls answered as not run. `tier`: where the user says which of two models is to answer.
   */
  async send(prompt: Prompt, tier?: RoutingTier): Promise<TurnOutcome | undefined> {
    if (prompt.text.trim() === "" || this.isClosed) return undefined;
    if (this.#hold.isHeld) {
      this.#hold.dismiss();
      this.talk.dismiss();
      await this.settled();
    }
    if (this.isRunning || this.isClosed) return undefined;
    const settings = this.#settings();
    const turnId = randomUUID();
    this.connection.newTurn(prompt.text, tier);
    this.#gate.beginTurn(turnId);
    if (isUntrusted(prompt)) this.#gate.addUntrusted();
    this.queue.keep(turnId, prompt);
    this.#log.emit(turnStart(prompt, { turnId, connection: this.connection.current, at: this.#options.timing.now() }));
    for (const message of askAnew(prompt, this.chat.past.at(-1), this.#log.messages)) this.#log.append(message);
    return this.#begin(settings, { firstStep: 1, firstAttempt: 1, shown: undefined, compact: "no" });
  }

  /**
   * Goes on with the last turn, with the same messages. Undefined where nothing is to go on with, and where the turn
   * has paused and it is not the user who says so.
   */
  async resume(from: AnswerSource = "panel"): Promise<TurnOutcome | undefined> {
    const last = this.chat.past.at(-1);
    if (this.isRunning || this.isClosed || last === undefined || hasCompleted(last)) return undefined;
    const pause = pauseOf(last);
    if (pause !== undefined) {
      if (from !== "user") return undefined;
      this.#gate.lift(pause);
    }
    return this.#goOn(last, "no");
  }

  /**
   * Shows the approvals and questions again at which the process ended. Nothing runs and nothing is sent until the user has answered
   * one. Undefined where none waits, or a tool that one is for is not there.
   */
  async askAgain(): Promise<TurnOutcome | undefined> {
    const { waiting } = this.#options.start;
    if (waiting.length === 0 || this.isClosed) return undefined;
    const { tools } = await this.offer.forTurn();
    const last = this.isClosed ? undefined : this.chat.past.at(-1);
    if (this.isRunning || last === undefined || !mayAskAgain(last, this.#log.messages, { waiting, tools })) return;
    this.#hold.begin();
    return this.#goOn(last, "no");
  }

  /** Goes on behind a broken or cut answer: what it showed stays. Undefined where there is no such answer. */
  async continue(): Promise<TurnOutcome | undefined> {
    const last = this.chat.past.at(-1);
    const continuation = last === undefined ? undefined : continueTurn(last, this.#log.messages);
    if (this.isRunning || this.isClosed || last === undefined || continuation === undefined) return undefined;
    const settings = this.#settings();
    this.#log.emit({ type: "turn-resume", at: this.#options.timing.now(), kept: true });
    for (const message of continuation) this.#log.append(message);
    return this.#begin(settings, { firstStep: last.step + 1, firstAttempt: 1, shown: undefined, compact: "no" });
  }

  /** Makes the conversation shorter, then goes on with the last turn where its answer is not whole. Undefined where it cannot. */
  async compact(): Promise<TurnOutcome | undefined> {
    const last = this.chat.past.at(-1);
    if (this.isRunning || this.isClosed || last === undefined || pauseOf(last) !== undefined) return undefined;
    return this.#goOn(last, hasCompleted(last) ? "only" : "first");
  }

  /** Ends the running turn; what was shown stays. */
  stop(): void {
    this.#running?.abort();
  }

  /** The window closes: what runs ends, and nothing more is told or kept, so that a later window can go on from here. */
  suspend(): void {
    this.#log.close();
    this.#running?.abort();
  }

  answer(answer: ApprovalAnswer, from: AnswerSource = "panel"): boolean {
    const counts = this.#approvals.answer(answer, from);
    if (counts) this.#hold.release();
    return counts;
  }

  /** With who answers this chat, which may have moved. */
  #settings(): TurnSettings {
    return { ...this.#options.settings(), connection: this.connection.current };
  }

  #goOn(last: Turn, compact: Begin["compact"]): Promise<TurnOutcome> {
    const settings = this.#settings();
    this.#log.emit({ type: "turn-resume", at: this.#options.timing.now(), ...(this.#hold.isHeld && { held: true }) });
    return this.#begin(settings, { ...nextStep(last, this.#log.messages), compact });
  }

  #begin(settings: TurnSettings, begin: Begin): Promise<TurnOutcome> {
    const turn = this.#run(settings, begin);
    this.#turn = turn;
    return turn;
  }

  async #run(settings: TurnSettings, begin: Begin): Promise<TurnOutcome> {
    const controller = new AbortController();
    this.#running = controller;
    this.connection.begin(this.connection.current, this.chat.current);
    const outcome = await this.#runner.run(settings, begin, controller.signal);
    this.#running = undefined;
    this.#hold.release();
    const ending: TurnOutcome = controller.signal.reason === unanswered ? { kind: "interrupted" } : outcome;
    this.#log.emit({ type: "turn-end", outcome: ending, at: this.#options.timing.now() });
    await this.#log.flush().catch(this.#options.report);
    if (ending.kind === "completed") this.connection.completed();
    if (ending.kind === "completed" && !controller.signal.aborted) this.queue.goOn();
    const fails = ending.kind === "failed" && this.connection.escalatesAfter(ending.error.kind);
    return (fails ? await this.resume() : undefined) ?? ending;
  }

  /** A held turn whose approvals are all gone without an answer stays where it is: the model is not asked. */
  async #connect(connection: Connection): Promise<Answerer> {
    if (this.#hold.isHeld) this.#running?.abort(unanswered);
    this.#running?.signal.throwIfAborted();
    return this.#options.connect(connection);
  }
}
