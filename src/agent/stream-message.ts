import type { ConverseStreamMetadataEvent, ConverseStreamOutput, Message } from "@aws-sdk/client-bedrock-runtime";
import type { Emit } from "../protocol/chat-event.ts";
import { t } from "../protocol/localize.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import type { TurnError } from "../protocol/turn-error.ts";
import { type AssembledDelta, type AssembledToolUse, MessageAssembler } from "./message-assembler.ts";
import type { Model, ModelRequest, OnSilence, Stall } from "./model.ts";
import { OddityCount, type OnOddities } from "./oddities.ts";
import { readUsage } from "./read-usage.ts";
import { fromWireToolName } from "./to-converse/wire-names.ts";

/** What a stream tells beside its message. */
interface Told {
  /** Null where the stream reported none: unknown, not zero. */
  readonly usage: TokenUsage | null;
  /** What a guardrail told of its judgement, as it came. */
  readonly trace?: unknown;
}

export interface StreamedMessage extends Told {
  readonly message: Message;
  readonly toolUses: readonly AssembledToolUse[];
  readonly stopReason: string;
}

/** What a stream had brought when it broke off. */
export interface Brought {
  /** The name of its last event. */
  readonly lastEvent?: string | undefined;
  /** It showed something, if only thinking or a tool call: that took the place of what was on the screen before. */
  readonly shown: boolean;
}

/** A stream that broke off: cancelled, failed, or ended without `messageStop`. `kept` is the text on the screen. */
export class BrokenStream extends Error {
  override readonly name = "BrokenStream";
  readonly kept: Message | undefined;
  readonly #brought: Brought;

  constructor(kept: Message | undefined, cause: unknown, brought: Brought = { shown: false }) {
    super(t("The stream broke off."), { cause });
    this.kept = kept;
    this.#brought = brought;
  }

  /** Where this stream showed nothing, the text that was on the screen before still is. */
  after(before: Message | undefined): BrokenStream {
    return this.#brought.shown ? this : new BrokenStream(before, this.cause, this.#brought);
  }

  /** The same break, of a stream of which nothing is shown. */
  unseen(): BrokenStream {
    return new BrokenStream(undefined, this.cause, { ...this.#brought, shown: false });
  }

  /** The same break, for another cause. */
  because(cause: unknown): BrokenStream {
    return new BrokenStream(this.kept, cause, this.#brought);
  }

  /** The user has seen nothing of an answer, by this stream or one before it. */
  get isSilent(): boolean {
    return !this.#brought.shown && this.kept === undefined;
  }

  /** The error as it is told, with the last event that came before it. */
  tell(error: TurnError): TurnError {
    const { lastEvent } = this.#brought;
    return lastEvent === undefined ? error : { ...error, lastEvent };
  }

  /** Characters of the answer that are on the screen. */
  get shown(): number {
    return shownCharacters(this.kept);
  }
}

/** Characters of a message's text. */
export function shownCharacters(message: Message | undefined): number {
  return (message?.content ?? []).reduce((length, { text = "" }) => length + text.length, 0);
}

export interface StreamMessageOptions {
  readonly model: Model;
  readonly request: ModelRequest;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Turns the model's `toolUseId` into one that is unique in the session. */
  readonly uniqueId: (toolUseId: string) => string;
  /** Title of a tool call whose input is still streaming. */
  readonly streamingTitle: (toolName: string) => string;
  readonly now: () => number;
  /** The tools that the model may call: its own form of their names leads back to them. */
  readonly tools?: readonly { readonly name: string }[];
  readonly onOddities?: OnOddities;
  /** Whether a stall now would be the end; `shown` is the length of what this attempt has on the screen, if anything. */
  readonly givesUp?: (stall: Stall, shown: number | undefined) => boolean;
}

/**
 * Consumes one attempt. Deltas go out at once; nothing here waits for the screen. Only `messageStop` makes a message
 * whole: the adapter throws where a stream ends without it. Throws `BrokenStream`.
 */
export async function streamMessage(options: StreamMessageOptions): Promise<StreamedMessage> {
  const { model, request, signal, now } = options;
  const oddities = new OddityCount();
  const { capabilities } = model;
  const toolNames = options.tools?.map(({ name }) => name) ?? [];
  const assembler = new MessageAssembler(options.uniqueId, {
    thinksInText: capabilities.thinksInText,
    toolName: (wireName) => fromWireToolName(wireName, toolNames, capabilities),
    onOddity: oddities.count,
  });
  let stopReason: string | undefined;
  let told: Told = { usage: null };
  let lastEvent: string | undefined;
  let shown = false;
  const emit: Emit = (event) => {
    shown ||= event.type !== "silence";
    options.emit(event);
  };
  try {
    const onSilence: OnSilence = ({ stall, ...silence }) => {
      const own = shown ? shownCharacters({ role: "assistant", content: [...assembler.finishedText()] }) : undefined;
      const givesUp = stall !== undefined && options.givesUp?.(stall, own) === true;
      emit({ type: "silence", ...silence, at: now(), ...(givesUp && { givesUp }) });
    };
    const onNotice = (text: string): void => options.emit({ type: "notice", text, at: now() });
    for await (const event of model.converseStream(request, signal, onSilence, onNotice)) {
      countOddities(event, oddities);
      if (event.$unknown !== undefined) continue;
      const [name] = Object.keys(event);
      lastEvent = name;
      // The message is whole by now: what claims to add to it, or to end it otherwise, is no part of it.
      if (stopReason !== undefined && event.metadata === undefined) oddities.count("behind the end:", name);
      else if (event.messageStop !== undefined) stopReason = event.messageStop.stopReason ?? "unknown";
      else if (event.metadata !== undefined) told = readMetadata(event.metadata, told);
      else takeBlockEvent(event, assembler, { ...options, emit });
    }
    if (stopReason === undefined) throw new Error("The stream ended without messageStop.");
    show(assembler.stopAll(), { ...options, emit });
  } catch (error) {
    const text = assembler.finishedText();
    const kept: Message | undefined = text.length === 0 ? undefined : { role: "assistant", content: [...text] };
    throw new BrokenStream(kept, error, { lastEvent, shown });
  } finally {
    if (oddities.counts.size > 0) options.onOddities?.(oddities.counts);
  }
  const { content, toolUses } = assembler.finish();
  return {
    message: { role: "assistant", content: [...content] },
    toolUses,
    stopReason,
    ...told,
  };
}

function countOddities({ $unknown: unknown, messageStart }: ConverseStreamOutput, oddities: OddityCount): void {
  if (unknown !== undefined) oddities.count("unknown", unknown[0]);
  const role = messageStart?.role ?? "assistant";
  if (role !== "assistant") oddities.count("a message of role", role);
}

function takeBlockEvent(event: ConverseStreamOutput, assembler: MessageAssembler, options: StreamMessageOptions): void {
  const { emit, now, streamingTitle } = options;
  if (event.contentBlockStart !== undefined) {
    const opened = assembler.start(event.contentBlockStart.contentBlockIndex, event.contentBlockStart.start);
    if (opened === undefined) return;
    emit({ type: "tool-start", ...opened, title: streamingTitle(opened.name), at: now() });
  } else if (event.contentBlockDelta !== undefined) {
    show(assembler.delta(event.contentBlockDelta.contentBlockIndex, event.contentBlockDelta.delta), options);
  } else if (event.contentBlockStop !== undefined) {
    show(assembler.stop(event.contentBlockStop.contentBlockIndex), options);
  }
}

function show(deltas: readonly AssembledDelta[], { emit, now }: StreamMessageOptions): void {
  for (const delta of deltas) {
    switch (delta.kind) {
      case "text":
        emit({ type: "text-delta", block: delta.block, text: delta.text, at: now() });
        break;
      case "reasoning":
        emit({ type: "reasoning-delta", block: delta.block, text: delta.text, at: now() });
        break;
      case "tool-input":
        emit({ type: "tool-input-delta", id: delta.id, fragment: delta.fragment });
        break;
    }
  }
}

function readMetadata({ usage, trace }: ConverseStreamMetadataEvent, before: Told): Told {
  const told = { ...before, usage: readUsage(usage) ?? before.usage };
  return trace?.guardrail === undefined ? told : { ...told, trace: trace.guardrail };
}
