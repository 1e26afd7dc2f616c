import type { ConverseStreamMetadataEvent } from "@aws-sdk/client-bedrock-runtime";
import type { AnswererFacts } from "../../agent/answerer-facts.ts";
import type { Model, ModelRequest } from "../../agent/model.ts";
import type { Answerer } from "../../agent/run-turn.ts";
import type { Emit } from "../../protocol/chat-event.ts";
import { t } from "../../protocol/localize.ts";
import type { CacheReport } from "../../protocol/served.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import { CacheHealth, promptOf, ttlMs } from "./cache-health.ts";
import { describeSavings, type Savings } from "./describe-savings.ts";
import { promptSegments } from "./prompt-segments.ts";

export interface ServedWatchOptions {
  readonly emit: Emit;
  readonly now: () => number;
  readonly usageOf: (usage: ConverseStreamMetadataEvent["usage"]) => TokenUsage | null;
  readonly turnId: () => string | undefined;
  /** The compaction in force. */
  readonly compaction: () => number | undefined;
}

interface TurnSum extends Savings {
  readonly id: string | undefined;
  readonly prompt: number;
}

const nothing = { read: 0, written: 0, saved: 0, prompt: 0 };

/** Watches what the service tells beside its answers, and says how the turn was served: from the cache, in which tier. */
export class ServedWatch {
  readonly #options: ServedWatchOptions;
  readonly #health = new CacheHealth();
  #turn: TurnSum = { id: undefined, ...nothing };

  constructor(options: ServedWatchOptions) {
    this.#options = options;
  }

  /** The same answerer, watched where it is known what is asked of it. */
  watch(answerer: Answerer): Answerer {
    const { facts, model } = answerer;
    return facts === undefined ? answerer : { ...answerer, model: this.#watched(model, facts) };
  }

  #watched(model: Model, facts: AnswererFacts): Model {
    const note = (request: ModelRequest, metadata: ConverseStreamMetadataEvent, at: number): void => {
      const marksMessages = model.capabilities.cachePoints.includes("messages");
      this.#tell(request, facts, marksMessages, metadata, at);
    };
    const { now } = this.#options;
    return {
      get capabilities() {
        return model.capabilities;
      },
      async *converseStream(request, signal, ...told) {
        const at = now();
        for await (const event of model.converseStream(request, signal, ...told)) {
          if (event.metadata !== undefined) note(request, event.metadata, at);
          yield event;
        }
      },
    };
  }

  #tell(
    request: ModelRequest,
    facts: AnswererFacts,
    marksMessages: boolean,
    metadata: ConverseStreamMetadataEvent,
    at: number,
  ): void {
    const { emit, now, usageOf } = this.#options;
    const differences = differencesOf(facts, metadata);
    const usage = usageOf(metadata.usage);
    const cache = usage === null ? undefined : this.#judge(request, facts, marksMessages, usage, at);
    if (cache === undefined && differences.length === 0) return;
    emit({ type: "served", ...(cache !== undefined && { cache }), differences, at: now() });
  }

  #judge(
    request: ModelRequest,
    facts: AnswererFacts,
    marksMessages: boolean,
    usage: TokenUsage,
    at: number,
  ): CacheReport | undefined {
    const { emit, now, turnId, compaction } = this.#options;
    const segments = promptSegments(request);
    const { broke, warns } = this.#health.judge({
      facts,
      segments,
      compaction: compaction(),
      marksMessages,
      usage,
      at,
    });
    if (warns) {
      const text = t("Two requests in a row read little from the prompt cache, which costs more: {0}.", broke ?? "");
      emit({ type: "notice", text, at: now() });
    }
    const before = this.#turn.id === turnId() ? this.#turn : nothing;
    const read = before.read + usage.cacheReadInputTokens;
    const written = before.written + usage.cacheWriteInputTokens;
    const prompt = before.prompt + promptOf(usage);
    const spared = facts.savedOf?.(usage);
    const saved = before.saved === undefined || spared === undefined ? undefined : before.saved + spared;
    this.#turn = { id: turnId(), read, written, saved, prompt };
    if (facts.cacheTtl === undefined || read + written === 0) return undefined;
    return {
      share: read / prompt,
      detail:
        broke === undefined
          ? describeSavings(this.#turn)
          : t("{0} The last request read less than it could: {1}.", describeSavings(this.#turn), broke),
      endsAt: now() + ttlMs[facts.cacheTtl],
    };
  }
}

/** What the service tells that it used, where that was asked for or is not what it uses unasked. */
function differencesOf(facts: AnswererFacts, told: ConverseStreamMetadataEvent): readonly string[] {
  const compare = (name: string, asked: string | undefined, used: string | undefined, ordinary: string) => {
    if (used === undefined || (asked === undefined && used === ordinary)) return [];
    return [asked === undefined || asked === used ? `${name} ${used}` : t("{0} {1}, not {2}", name, used, asked)];
  };
  return [
    ...compare(t("service tier"), facts.serviceTier, told.serviceTier?.type, "default"),
    ...compare(t("latency"), facts.latency, told.performanceConfig?.latency, "standard"),
  ];
}
