import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import { countInTime } from "../agent/count-in-time.ts";
import type { Gate } from "../agent/gate.ts";
import type { History } from "../agent/history.ts";
import { type CallRecord, isModelError } from "../agent/model.ts";
import type { OnOddities } from "../agent/oddities.ts";
import { readUsage } from "../agent/read-usage.ts";
import type { Refusal } from "../agent/run-mended-step.ts";
import type { AskStillRunning } from "../agent/run-tool-call.ts";
import { type Answerer, runTurn } from "../agent/run-turn.ts";
import type { RetryLimits } from "../agent/step-retries.ts";
import { BrokenStream } from "../agent/stream-message.ts";
import { type RequestParts, toModelRequest } from "../agent/to-converse/to-model-request.ts";
import type { Emit, TurnOutcome } from "../protocol/chat-event.ts";
import type { ChatState } from "../protocol/chat-state.ts";
import type { Connection } from "../protocol/connection.ts";
import { t } from "../protocol/localize.ts";
import type { Withheld } from "../protocol/withheld.ts";
import { applyCompaction } from "./compaction.ts";
import { isTooLong } from "./is-too-long.ts";
import type { RoomOptions } from "./make-room.ts";
import type { TurnOffer } from "./offered-tools.ts";
import { openCalls } from "./open-calls.ts";
import { nothingToShorten } from "./read-summary.ts";
import { promptPlaces, refusedPlaces } from "./refused-places.ts";
import type { SessionStart } from "./restore-session.ts";
import type { NextStep } from "./resume-turn.ts";
import type { ServedWatch } from "./served/served-watch.ts";
import type { SessionConnection } from "./session-connection.ts";
import { unexpectedError } from "./unexpected-error.ts";
import { applyWithheld, blockedPlaces, describeBlocked, describeRefused } from "./withheld.ts";

/** What a turn takes from the settings of the moment. */
export interface TurnSettings {
  readonly connection: Connection;
  readonly maxSteps: number;
  readonly limits: RetryLimits;
  /** Whether a conversation that is too long is made shorter by itself, or the user is asked, or not at all. */
  readonly compaction: "automatic" | "ask" | "off";
}

export interface TurnRunnerOptions {
  readonly start: Pick<SessionStart, "waiting">;
  readonly chat: () => ChatState;
  readonly messages: readonly Message[];
  readonly append: (message: Message) => void;
  readonly emit: Emit;
  readonly gate: Gate;
  readonly stillRunning: AskStillRunning;
  /** What the user says to the model in the middle of the turn. */
  readonly steer?: () => readonly ContentBlock[];
  readonly connection: SessionConnection;
  readonly uniqueId: (toolUseId: string) => string;
  readonly offer: () => Promise<TurnOffer>;
  readonly report: (error: unknown) => void;
  /** Told of every failed model call, retried or not, for the log. */
  readonly onFailure?: (record: CallRecord) => void;
  readonly onOddities?: OnOddities;
}

/** Where in its turn the loop begins. */
export interface Begin extends NextStep {
  /** Whether the conversation is made shorter before the loop goes on, or that is all. */
  readonly compact: "no" | "first" | "only";
}

/** Runs the loop on a session's messages, as its compactions show them, and turns whatever happens into an outcome. */
export class TurnRunner {
  readonly #options: TurnRunnerOptions;
  #served: ServedWatch | undefined;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
  }

  async run(settings: TurnSettings, begin: Begin, signal: AbortSignal): Promise<TurnOutcome> {
    try {
      return await this.#loop(settings, begin, signal);
    } catch (error) {
      const cause = error instanceof BrokenStream ? error.cause : error;
      if (signal.aborted) return { kind: "cancelled" };
      if (isModelError(cause)) return { kind: "failed", error: cause.error, cutOff: false };
      this.#options.report(cause);
      return { kind: "failed", error: unexpectedError(cause), cutOff: false };
    }
  }

  async #loop(settings: TurnSettings, { compact, ...first }: Begin, signal: AbortSignal): Promise<TurnOutcome> {
    const isAutomatic = settings.compaction === "automatic";
    const { connection, append, chat, messages, start } = this.#options;
    const { tools, system } = await this.#options.offer();
    const shorten = (): Promise<boolean> => this.#makeRoom({ system, tools }, settings.limits, signal);
    const sent = (): readonly Message[] => this.#sent();
    const history: History = {
      get messages() {
        return sent();
      },
      append,
    };
    if (compact === "only") return this.#compactOnly(shorten, signal);
    const inVain = compact === "first" ? await this.#compact(shorten, first.shown, signal) : undefined;
    if (inVain !== undefined) return inVain;
    return runTurn({
      ...this.#options,
      ...first,
      history,
      openCalls: openCalls(chat().current ?? undefined, messages, { waiting: start.waiting, tools }),
      answerer: async () => this.#watched(await connection.answerer(signal)),
      tools,
      system,
      signal,
      maxSteps: settings.maxSteps,
      limits: settings.limits,
      timing: connection.timing,
      isTooLong: async () => isAutomatic && this.#isTooLong({ system, tools }, signal),
      makeRoom: async () => isAutomatic && shorten(),
      withhold: (refusal) => this.#withhold(refusal, { system, tools }, signal),
    });
  }

  /** Watched where it is known what is asked of them. */
  async #watched(answerer: Answerer): Promise<Answerer> {
    if (answerer.facts === undefined) return answerer;
    const { ServedWatch } = await import("./served/served-watch.ts");
    const { emit, connection, chat } = this.#options;
    this.#served ??= new ServedWatch({
      emit,
      now: () => connection.timing.now(),
      usageOf: readUsage,
      turnId: () => chat().current?.id,
      compaction: () => chat().compactions.at(-1)?.id,
    });
    return this.#served.watch(answerer);
  }

  /** The outcome where the conversation got no shorter: what was refused is not sent again. `shown`: by the last step. */
  async #compact(
    shorten: () => Promise<boolean>,
    shown: Message | undefined,
    signal: AbortSignal,
  ): Promise<TurnOutcome | undefined> {
    try {
      if (await shorten()) return undefined;
      throw nothingToShorten();
    } catch (error) {
      if (signal.aborted) {
        if (shown !== undefined) this.#options.append(shown);
        return { kind: "cancelled" };
      }
      if (!isModelError(error)) throw error;
      return { kind: "failed", error: error.error, cutOff: shown !== undefined };
    }
  }

  /** Behind a whole answer, which stays whole whatever comes of it. */
  async #compactOnly(shorten: () => Promise<boolean>, signal: AbortSignal): Promise<TurnOutcome> {
    const tell = (text: string): void =>
      this.#options.emit({ type: "notice", text, at: this.#options.connection.timing.now() });
    try {
      if (!(await shorten())) tell(t("There is nothing in this chat yet that could be left out."));
    } catch (error) {
      if (!signal.aborted && !isModelError(error)) throw error;
      if (isModelError(error)) tell(t("The conversation was not made shorter. {0}", error.error.message));
    }
    return { kind: "completed" };
  }

  async #isTooLong(parts: Omit<RequestParts, "history">, signal: AbortSignal): Promise<boolean> {
    const history = this.#sent();
    const limit = this.#options.connection.capabilities?.maxima.toldContextTokens;
    return isTooLong(history, limit, () => this.#count({ ...parts, history }, signal));
  }

  /** Undefined where nobody can be asked: the step meets the reason as well, and tells it. */
  async #count(parts: RequestParts, signal: AbortSignal): Promise<number | undefined> {
    try {
      const { model } = await this.#options.connection.answerer(signal);
      return await countInTime(model, toModelRequest(parts, model.capabilities), signal);
    } catch (error) {
      if (signal.aborted || !isModelError(error)) throw error;
      return undefined;
    }
  }

  /** The messages as the model gets them. */
  #sent(): readonly Message[] {
    return this.#sendable(this.#options.messages);
  }

  #sendable(messages: readonly Message[]): readonly Message[] {
    const { compactions, withheld } = this.#options.chat();
    return applyCompaction(applyWithheld(messages, withheld), compactions.at(-1));
  }

  /** What is refused stays in the conversation, and out of every request from now on. */
  async #withhold(refusal: Refusal, parts: Omit<RequestParts, "history">, signal: AbortSignal): Promise<boolean> {
    const { chat, messages, connection, emit } = this.#options;
    const places: Withheld[] = [];
    if (refusal.kind === "guardrail") places.push(...blockedPlaces(messages, refusal.report, chat().withheld));
    else {
      const kept = promptPlaces(messages, chat().current?.prompt);
      const { model } = await connection.answerer(signal);
      const send = (history: readonly Message[]): readonly Message[] =>
        toModelRequest({ ...parts, history: this.#sendable(history) }, model.capabilities).messages ?? [];
      const found = refusedPlaces(refusal.place, messages, send);
      const old = found.filter(({ message }) => !kept.has(message));
      places.push(...old.map((place): Withheld => ({ ...place, reason: "refused" })));
    }
    if (places.length === 0) return false;
    const at = connection.timing.now();
    emit({ type: "withheld", places, at });
    const describe = refusal.kind === "refused" ? describeRefused : describeBlocked;
    emit({ type: "notice", text: describe(places, messages), at });
    return true;
  }

  async #makeRoom(
    parts: Pick<RoomOptions, "system" | "tools">,
    limits: RetryLimits,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { chat, messages, connection, emit } = this.#options;
    const current = chat().compactions.at(-1);
    const { timing } = connection;
    const { makeRoom } = await import("./make-room.ts");
    const room = await makeRoom({
      ...this.#options,
      ...parts,
      history: applyWithheld(messages, chat().withheld),
      current,
      id: (current?.id ?? 0) + 1,
      answerer: () => connection.answerer(signal),
      signal,
      limits,
      timing,
    });
    if (room !== undefined) emit({ type: "compaction", ...room, at: timing.now() });
    return room !== undefined;
  }
}
