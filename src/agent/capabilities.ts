import { type RequestSupport, requestSupport } from "./request-support.ts";

/** What a model's provider is known for; decides nothing by itself. */
export type ModelFamilyName =
  | "claude"
  | "nova"
  | "titan"
  | "llama"
  | "mistral"
  | "cohere"
  | "jamba"
  | "deepseek"
  | "openai"
  | "qwen"
  | "kimi"
  | "writer"
  | "other";

/** A field of the request that may end in a `cachePoint`; `plain-messages` are those without blocks of tools. */
export type CacheField = "tools" | "system" | "messages" | "plain-messages";

/** Where images or documents are taken: in the user's own content, and also in the results of tools. */
export type MediaPlaces = "none" | "user" | "user-and-results";

/** What a Converse request for a model may hold. Pure data; the adapter knows it per model and learns from refusals. */
export interface Capabilities {
  readonly family: ModelFamilyName;
  /** `first-message`: the text goes before the first prompt; `none`: nothing may be said, a stored prompt says it. */
  readonly systemPrompt: "field" | "first-message" | "none";
  readonly tools: boolean;
  readonly streaming: boolean;
  /** False: a request with tools goes through Converse. */
  readonly streamingTools: boolean;
  readonly toolChoice: readonly ("auto" | "any" | "tool")[];
  readonly toolResultStatus: boolean;
  /** Text may stand beside tool results in a message, and beside tool uses. */
  readonly mixesTextAndResults: boolean;
  readonly replaysReasoning: "signed" | "unsigned" | "none";
  /** The model writes `<thinking>…</thinking>` into its text. */
  readonly thinksInText: boolean;
  readonly toolUseId: "free" | "nine-alphanumerics";
  readonly hyphenInToolNames: boolean;
  /** `plain`: `type`, `properties` and `required` only at the top of an input schema. */
  readonly toolSchema: "any" | "plain";
  readonly images: MediaPlaces;
  readonly documents: MediaPlaces;
  /** Empty: the model refuses every `cachePoint`. */
  readonly cachePoints: readonly CacheField[];
  /** Tokens before a `cachePoint` below which it has no effect. */
  readonly cacheMinimumTokens: number;
  /** A last message of the assistant is continued. Nobody relies on it: false means that it is refused. */
  readonly prefill: boolean;
  readonly temperature: boolean;
  /** What it takes beside messages and tools. */
  readonly request: RequestSupport;
  readonly maxima: Maxima;
}

export interface Maxima {
  /** Tokens of prompt and answer together; undefined where it is not known. */
  readonly contextTokens: number | undefined;
  /** The same where the service has named it itself, in a refusal, or the user in the settings. */
  readonly toldContextTokens?: number;
  /** Most `inferenceConfig.maxTokens`; undefined where it is not known. */
  readonly outputTokens: number | undefined;
}

/** Parts of a request that a model may refuse by name, and that can then be left out. */
export const features = [
  "cachePoints",
  "toolCachePoint",
  "streamingTools",
  "streaming",
  "toolChoice",
  "signature",
  "toolResultStatus",
  "system",
  "temperature",
  "topP",
  "maxTokens",
  "thinking",
  "adaptiveThinking",
  "thinkingBudget",
  "interleavedThinking",
  "effort",
  "strictTools",
  "longCache",
  "serviceTier",
  "latency",
  "guardrailMode",
  "requestMetadata",
] as const;
export type Feature = (typeof features)[number];

/** A recent Claude model: takes all that the loop can send, and judges it strictly. */
export const fullCapabilities: Capabilities = {
  family: "claude",
  systemPrompt: "field",
  tools: true,
  streaming: true,
  streamingTools: true,
  toolChoice: ["auto", "any", "tool"],
  toolResultStatus: true,
  mixesTextAndResults: true,
  replaysReasoning: "signed",
  thinksInText: false,
  toolUseId: "free",
  hyphenInToolNames: true,
  toolSchema: "any",
  images: "user-and-results",
  documents: "user-and-results",
  cachePoints: ["tools", "system", "messages"],
  cacheMinimumTokens: 4_096,
  prefill: false,
  temperature: true,
  request: requestSupport,
  maxima: { contextTokens: 200_000, outputTokens: 64_000 },
};
