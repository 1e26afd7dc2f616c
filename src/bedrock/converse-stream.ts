import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../agent/capabilities.ts";
import { type Model, ModelError, type ModelRequest, type OnNotice, type OnSilence } from "../agent/model.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import type { SilentPhase } from "../protocol/chat-event.ts";
import type { BedrockSettings } from "./bedrock-settings.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { type CallPlace, classifyError, endedEarly, stallOf, timedOut } from "./classify-error.ts";
import type { ClientSlot } from "./client-slot.ts";
import { credentialKey } from "./credentials.ts";
import { readErrorFacts } from "./error-facts.ts";
import { never } from "./error-treatments.ts";
import type { ModelLessons } from "./learned-features.ts";
import type { HeldBackEndpoints } from "./network/held-back-endpoints.ts";
import { type WatchedArrival, watchArrival } from "./network/watch-arrival.ts";
import { converseInput } from "./request/converse-input.ts";
import { secretsOf } from "./settings-secrets.ts";
import { longestSilence, phaseAfter, silenceLimit } from "./silence-limits.ts";
import { takeUnknownParts } from "./unknown-parts.ts";
import { Watchdog } from "./watchdog.ts";
import { wholeAnswerEvents } from "./whole-answer.ts";

/** After `messageStop` only `metadata` is still due, and then the end of the body, which frees the connection. */
const metadataGraceMs = 1_500;
const endGraceMs = 250;

export interface BedrockModelParts {
  readonly slot: ClientSlot;
  readonly settings: BedrockSettings;
  readonly lessons: ModelLessons;
  readonly heldBack: HeldBackEndpoints;
}

/** What is known of an attempt while it runs. */
interface Progress {
  complete: boolean;
  /** The answer was read to its end. */
  ended: boolean;
  events: number;
  lastEvent: string | undefined;
  requestId: string | undefined;
}

/** A model behind ConverseStream, or behind Converse where it does not stream. Settings do not change during its life. */
export class BedrockModel implements Model {
  readonly #slot: ClientSlot;
  readonly #settings: BedrockSettings;
  readonly #lessons: ModelLessons;
  readonly #heldBack: HeldBackEndpoints;

  constructor({ slot, settings, lessons, heldBack }: BedrockModelParts) {
    this.#slot = slot;
    this.#heldBack = heldBack;
    this.#settings = settings;
    this.#lessons = lessons;
  }

  get capabilities(): Capabilities {
    const { modelId, baseModelId, ownLimits: own, publishedLimits: published } = this.#settings;
    const learned = this.#lessons.of(modelId);
    return capabilitiesOf(baseModelId ?? modelId, learned, { own, published });
  }

  /**
   * One attempt. The verdict, in this order: `messageStop` seen is a whole message, whatever comes later; then our
   * watchdogs, the user's Stop, what was thrown, and last an end without `messageStop`, which the SDK takes for a
   * clean one. A body that was read to its end leaves its connection for the next call; in any other case the connection
   * is closed: leaving the loop alone would let the model go on, and bill.
   */
  async *converseStream(
    request: ModelRequest,
    signal: AbortSignal,
    onSilence?: OnSilence,
    onNotice?: OnNotice,
  ): AsyncGenerator<ConverseStreamOutput> {
    const attempt = new AbortController();
    const stop = (): void => attempt.abort(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    const { client, release } = this.#slot.hold();
    const tell: OnSilence | undefined =
      onSilence && ((silence) => onSilence({ ...silence, stall: stallOf(silence.phase) }));
    const watchdog = new Watchdog(attempt, tell, () => this.#isAsking);
    const progress: Progress = { complete: false, ended: false, events: 0, lastEvent: undefined, requestId: undefined };
    const startedAt = performance.now();
    const watched = watchArrival();
    try {
      yield* this.#events(client, request, { attempt, watchdog, progress, watched, onNotice });
      if (!progress.complete) throw endedEarly(progress.events, await this.#place(client, progress, startedAt));
    } catch (error) {
      if (progress.complete) return;
      if (signal.aborted) throw signal.reason;
      const place = await this.#place(client, progress, startedAt);
      const { fired } = watchdog;
      throw this.#learn(fired ? timedOut(fired.phase, fired.limitMs, place) : classifyError(error, place));
    } finally {
      watchdog.disarm();
      watched.stop();
      signal.removeEventListener("abort", stop);
      if (!progress.ended) attempt.abort();
      release();
    }
  }

  async *#events(client: BedrockRuntimeClient, request: ModelRequest, run: Run): AsyncGenerator<ConverseStreamOutput> {
    const { streaming, streamingTools } = this.capabilities;
    const streams = streaming && (streamingTools || request.toolConfig === undefined);
    yield* streams ? this.#streamed(client, request, run) : this.#whole(client, request, run);
  }

  async *#streamed(client: BedrockRuntimeClient, request: ModelRequest, run: Run) {
    const { attempt, watchdog, progress, watched } = run;
    let phase: SilentPhase = "first-byte";
    watchdog.arm(phase, silenceLimit(phase, this.#settings));
    const { signal } = attempt;
    const sent = client.send(new ConverseStreamCommand(this.#input(request, true)), { abortSignal: signal });
    // The SDK looks at its signal only at some points: not while it resolves credentials, for one.
    const response = await this.#answerTo(sent, signal);
    progress.requestId = response.$metadata.requestId;
    const iterator = response.stream?.[Symbol.asyncIterator]();
    let last: ConverseStreamOutput = { $unknown: ["", undefined] };
    for (let reported = false; iterator !== undefined; ) {
      if (progress.complete) watchdog.armQuietly(reported ? endGraceMs : metadataGraceMs);
      else watchdog.arm(phase, silenceLimit(phase, this.#settings));
      const next = await untilAborted(iterator.next(), signal);
      watchdog.disarm();
      if (!next.done) watched.note(next.value);
      progress.ended = next.done === true;
      yield* takeUnknownParts(next.done ? last : next.value);
      if (next.done) return;
      last = next.value;
      progress.events++;
      progress.lastEvent = nameOf(next.value);
      // A frame whose payload is JSON `null` decodes to an event without content; it says nothing.
      if (!Object.values(next.value).some((member) => typeof member === "object" && member !== null)) continue;
      if (next.value.messageStop !== undefined)
        this.#heldBack.tell(this.#settings.endpoint, watched.arrival, run.onNotice);
      progress.complete ||= next.value.messageStop !== undefined;
      reported ||= next.value.metadata !== undefined;
      phase = phaseAfter(next.value, phase);
      yield next.value;
    }
  }

  /** The whole answer comes at once, so it may take as long as the longest silence of a stream. */
  async *#whole(client: BedrockRuntimeClient, request: ModelRequest, { attempt, watchdog, progress }: Run) {
    watchdog.arm("first-byte", longestSilence(this.#settings));
    const sent = client.send(new ConverseCommand(this.#input(request, false)), { abortSignal: attempt.signal });
    const answer = await this.#answerTo(sent, attempt.signal);
    watchdog.disarm();
    progress.requestId = answer.$metadata.requestId;
    progress.ended = true;
    for (const event of wholeAnswerEvents(answer)) {
      attempt.signal.throwIfAborted();
      progress.events++;
      progress.lastEvent = nameOf(event);
      progress.complete ||= event.messageStop !== undefined;
      yield event;
    }
  }

  /** The user may be asked for a code before anything is sent. */
  #answerTo<T>(sent: Promise<T>, signal: AbortSignal): Promise<T> {
    const { identity } = this.#settings;
    return identity?.whileWaiting(credentialKey(this.#settings), signal, sent) ?? untilAborted(sent, signal);
  }

  get #isAsking(): boolean {
    return this.#settings.identity?.isAsking(credentialKey(this.#settings)) === true;
  }

  #input(request: ModelRequest, streams: boolean) {
    return converseInput(request, this.#settings, this.capabilities, streams);
  }

  /** The region may come from the environment or the profile; only the client knows. */
  async #place(
    client: BedrockRuntimeClient,
    { requestId, events, lastEvent }: Progress,
    startedAt: number,
  ): Promise<CallPlace> {
    const elapsedMs = Math.round(performance.now() - startedAt);
    const region = this.#settings.region ?? (await client.config.region().catch(() => undefined));
    const { modelId, endpoint } = this.#settings;
    const secrets = secretsOf(this.#settings, process.env);
    return { modelId, region, endpoint, requestId, events, lastEvent, elapsedMs, secrets };
  }

  /** A refusal is remembered, and credentials that were refused are looked for anew. */
  #learn(failure: ModelError): ModelError {
    const isRefused = failure.kind === "auth" || failure.kind === "credentials";
    // The corrected clock is the client's: another one would be wrong again.
    if (isRefused && !readErrorFacts(failure.cause).clockSkewCorrected) {
      this.#settings.identity?.renew();
      this.#slot.renew();
    }
    const isNews = this.#lessons.learn(this.#settings.modelId, failure.lesson);
    if (failure.feature === undefined || isNews) return failure;
    return new ModelError(failure.error, never, failure.cause, failure);
  }
}

/** As it came over the wire, also where the SDK does not know it. */
function nameOf(event: ConverseStreamOutput): string | undefined {
  return event.$unknown?.[0] ?? Object.keys(event)[0];
}

interface Run {
  readonly attempt: AbortController;
  readonly watchdog: Watchdog;
  readonly progress: Progress;
  readonly watched: WatchedArrival;
  readonly onNotice: OnNotice | undefined;
}
