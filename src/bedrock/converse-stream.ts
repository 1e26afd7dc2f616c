import {
  type BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from "@aws-sdk/client-bedrock-runtime";
import type { Model, ModelRequest } from "../agent/model.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import type { BedrockSettings } from "./bedrock-settings.ts";
import { classifyError, endedEarly, timedOut } from "./classify-error.ts";
import { Watchdog } from "./watchdog.ts";

/** After `messageStop` only `metadata` is still due, and then the end of the body, which frees the connection. */
const metadataGraceMs = 1_500;
const endGraceMs = 250;

/** A model behind ConverseStream. Settings do not change during its life; the client may be shared. */
export class BedrockModel implements Model {
  readonly #client: BedrockRuntimeClient;
  readonly #settings: BedrockSettings;

  constructor(client: BedrockRuntimeClient, settings: BedrockSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  /**
   * One attempt. The verdict, in this order: `messageStop` seen is a whole message, whatever comes later; then our
   * watchdogs, the user's Stop, what was thrown, and last an end without `messageStop`, which the SDK takes for a
   * clean one. A body that was read to its end leaves its connection for the next call; in any other case the connection
   * is closed: leaving the loop alone would let the model go on, and bill.
   */
  async *converseStream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ConverseStreamOutput> {
    const attempt = new AbortController();
    const stop = (): void => attempt.abort(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    const watchdog = new Watchdog(attempt);
    let complete = false;
    let ended = false;
    let events = 0;
    let requestId: string | undefined;
    try {
      watchdog.arm("first-byte", this.#settings.firstByteMs);
      // The SDK looks at its signal only at some points: not while it resolves credentials, for one.
      const response = await untilAborted(this.#send(request, attempt.signal), attempt.signal);
      requestId = response.$metadata.requestId;
      if (response.stream === undefined) throw endedEarly(0, { ...this.#settings, requestId });
      const iterator = response.stream[Symbol.asyncIterator]();
      for (let reported = false; ; ) {
        const grace = reported ? endGraceMs : metadataGraceMs;
        watchdog.arm("idle", complete ? grace : this.#settings.idleMs);
        const next = await untilAborted(iterator.next(), attempt.signal);
        watchdog.disarm();
        ended = next.done === true;
        if (next.done) break;
        events++;
        complete ||= next.value.messageStop !== undefined;
        reported ||= next.value.metadata !== undefined;
        yield next.value;
      }
    } catch (error) {
      if (complete) return;
      if (signal.aborted) throw signal.reason;
      const where = { ...this.#settings, requestId };
      throw watchdog.fired === undefined ? classifyError(error, where) : timedOut(watchdog.fired, where);
    } finally {
      watchdog.disarm();
      signal.removeEventListener("abort", stop);
      if (!ended) attempt.abort();
    }
    if (!complete) throw endedEarly(events, { ...this.#settings, requestId });
  }

  #send({ messages, system, toolConfig }: ModelRequest, abortSignal: AbortSignal) {
    const command = new ConverseStreamCommand({
      modelId: this.#settings.modelId,
      messages,
      ...(system !== undefined && { system }),
      ...(toolConfig !== undefined && { toolConfig }),
      inferenceConfig: { maxTokens: this.#settings.maxTokens },
    });
    return this.#client.send(command, { abortSignal });
  }
}
