/** What differs between models in the parameters that Bedrock takes beside the conversation, and in how it caches. */
export interface ParameterFamily {
  /** Kinds of Claude's `thinking`; empty where the field itself is refused. */
  readonly thinking: readonly ("enabled" | "adaptive" | "disabled")[];
  /** It thinks without being told to. */
  readonly thinksByDefault: boolean;
  readonly efforts: readonly string[];
  /** A forced `toolChoice` beside thinking. */
  readonly forcesToolsThinking: boolean;
  readonly samples: "both" | "either" | "none";
  readonly strictTools: boolean;
  readonly optimizedLatency: boolean;
  /** Tiers other than `default`. */
  readonly serviceTiers: boolean;
  /** Nova 2's `reasoningConfig`. */
  readonly reasoningConfig: boolean;
  readonly reasoningEffort: boolean;
  readonly cache: CacheFamily;
}

export interface CacheFamily {
  /** Tokens before a cache point below which it is ignored. */
  readonly minimumTokens: number;
  /** `ttl: "1h"` is taken. */
  readonly longLifetimes: boolean;
  /** Blocks before a cache point among which an older one is found. */
  readonly looksBack: number;
}

const plain: ParameterFamily = {
  thinking: [],
  thinksByDefault: false,
  efforts: [],
  forcesToolsThinking: true,
  samples: "both",
  strictTools: false,
  optimizedLatency: false,
  serviceTiers: true,
  reasoningConfig: false,
  reasoningEffort: false,
  cache: { minimumTokens: 1_024, longLifetimes: false, looksBack: 0 },
};
const claude: ParameterFamily = { ...plain, cache: { minimumTokens: 1_024, longLifetimes: false, looksBack: 20 } };
const newest: ParameterFamily = {
  ...claude,
  thinking: ["adaptive", "disabled"],
  thinksByDefault: true,
  efforts: ["low", "medium", "high", "xhigh", "max"],
  samples: "none",
  cache: { minimumTokens: 4_096, longLifetimes: true, looksBack: 20 },
};
const thinking: ParameterFamily = { ...claude, thinking: ["enabled", "disabled"], forcesToolsThinking: false };
const fourFive: ParameterFamily = { ...thinking, samples: "either", strictTools: true };
const fourSix: ParameterFamily = {
  ...fourFive,
  thinking: ["adaptive", "enabled", "disabled"],
  efforts: ["low", "medium", "high", "max"],
};

function cachedFrom(family: ParameterFamily, minimumTokens: number): ParameterFamily {
  return { ...family, cache: { minimumTokens, longLifetimes: true, looksBack: 20 } };
}

function novaFrom(minimumTokens: number): ParameterFamily {
  return { ...plain, cache: { ...plain.cache, minimumTokens } };
}

const families: readonly (readonly [pattern: RegExp, family: ParameterFamily])[] = [
  [/claude-3-5-haiku/u, { ...claude, optimizedLatency: true, cache: { ...claude.cache, minimumTokens: 2_048 } }],
  [/claude-(?:v2|instant|3-(?:5|opus|sonnet|haiku))/u, claude],
  [/claude-3-7/u, thinking],
  [/claude-opus-4-8/u, { ...newest, thinksByDefault: false }],
  [/claude-opus-4-7/u, { ...newest, thinksByDefault: false, forcesToolsThinking: false }],
  [/claude-opus-4-6/u, cachedFrom(fourSix, 4_096)],
  [/claude-sonnet-4-6/u, cachedFrom(fourSix, 2_048)],
  [/claude-(?:opus|haiku)-4-5/u, cachedFrom(fourFive, 4_096)],
  [/claude-sonnet-4-5/u, cachedFrom(fourFive, 1_024)],
  [/claude-(?:opus|sonnet)-4/u, thinking],
  [/claude/u, newest],
  [/nova-2/u, { ...novaFrom(1_536), reasoningConfig: true }],
  [/nova-pro/u, { ...novaFrom(1_024), optimizedLatency: true }],
  [/nova/u, novaFrom(1_536)],
  [/llama3-1-(?:70|405)b/u, { ...plain, optimizedLatency: true }],
  [/gpt-oss|kimi/u, { ...plain, reasoningEffort: true }],
  [/openai\./u, { ...plain, samples: "none", serviceTiers: false }],
];

/** By a model id, inference profile id or ARN. */
export function parameterFamily(modelId: string): ParameterFamily {
  return families.find(([pattern]) => pattern.test(modelId))?.[1] ?? plain;
}
