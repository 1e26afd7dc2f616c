import { type Capabilities, fullCapabilities, type Maxima } from "../agent/capabilities.ts";

/** One row a family: the first whose `id` occurs in the model id holds. */
export interface FamilyRow {
  readonly id: RegExp;
  readonly capabilities: Capabilities;
}

const unknownMaxima: Maxima = { contextTokens: undefined, outputTokens: undefined };

/** What nobody has a source for: optimistic where a refusal is understood and healed, silent where it is not needed. */
export const unknownModel: Capabilities = {
  ...fullCapabilities,
  family: "other",
  toolChoice: [],
  toolResultStatus: false,
  replaysReasoning: "none",
  images: "user",
  documents: "user",
  cachePoints: [],
  cacheMinimumTokens: 0,
  maxima: unknownMaxima,
};

const textOnly = { ...unknownModel, images: "none", documents: "none" } as const satisfies Capabilities;
const withDocuments = { ...textOnly, documents: "user" } as const satisfies Capabilities;
const withoutTools = { tools: false, streamingTools: false } as const satisfies Partial<Capabilities>;
const claude3 = { ...fullCapabilities, replaysReasoning: "none", cachePoints: [] } as const satisfies Capabilities;
const claude5 = { ...fullCapabilities, temperature: false } as const satisfies Capabilities;
const haiku35 = {
  images: "none",
  cachePoints: ["tools", "system", "messages"],
  cacheMinimumTokens: 2_048,
} as const satisfies Partial<Capabilities>;
/** From 3.7 up to 4.1, and Sonnet 4.5: short prefixes are cached, and an unfinished answer is continued. */
const legacyClaude = { ...fullCapabilities, cacheMinimumTokens: 1_024, prefill: true } as const satisfies Capabilities;
const titan = {
  family: "titan",
  systemPrompt: "first-message",
  prefill: true,
} as const satisfies Partial<Capabilities>;
const nova = {
  ...fullCapabilities,
  family: "nova",
  replaysReasoning: "none",
  thinksInText: true,
  hyphenInToolNames: false,
  toolSchema: "plain",
  cachePoints: ["system", "plain-messages"],
  cacheMinimumTokens: 1_536,
} as const satisfies Capabilities;
const llama = {
  ...withDocuments,
  family: "llama",
  streamingTools: false,
  toolChoice: ["auto"],
  mixesTextAndResults: false,
} as const satisfies Capabilities;
const mistral = {
  ...withDocuments,
  family: "mistral",
  streamingTools: false,
  toolChoice: ["auto", "any"],
  mixesTextAndResults: false,
  toolUseId: "nine-alphanumerics",
} as const satisfies Capabilities;

function maxima(contextTokens: number | undefined, outputTokens: number | undefined): Pick<Capabilities, "maxima"> {
  return { maxima: { contextTokens, outputTokens } };
}

/**
 * Collected from AWS's tables of supported features and prompt caching, from other clients' sources and public
 * reports; where these disagree, what a refusal can correct is assumed to work.
 */
export const modelFamilies: readonly FamilyRow[] = [
  {
    id: /claude-(?:v2|instant)/u,
    capabilities: {
      ...withDocuments,
      ...withoutTools,
      family: "claude",
      systemPrompt: "field",
      prefill: true,
      ...maxima(100_000, 4_096),
    },
  },
  { id: /claude-3-5-haiku/u, capabilities: { ...claude3, ...haiku35, prefill: true, ...maxima(200_000, 8_192) } },
  { id: /claude-3-5-sonnet/u, capabilities: { ...claude3, prefill: true, ...maxima(200_000, 8_192) } },
  { id: /claude-3-7/u, capabilities: { ...legacyClaude, ...maxima(200_000, 64_000) } },
  { id: /claude-3-/u, capabilities: { ...claude3, prefill: true, ...maxima(200_000, 4_096) } },
  { id: /claude-opus-4-[78]/u, capabilities: { ...claude5, ...maxima(1_000_000, 128_000) } },
  { id: /claude-opus-4-6/u, capabilities: { ...fullCapabilities, ...maxima(undefined, 128_000) } },
  {
    id: /claude-sonnet-4-6/u,
    capabilities: { ...fullCapabilities, cacheMinimumTokens: 2_048, ...maxima(undefined, 64_000) },
  },
  {
    id: /claude-(?:opus|haiku)-4-5/u,
    capabilities: { ...fullCapabilities, prefill: true, ...maxima(200_000, 64_000) },
  },
  { id: /claude-sonnet-4-5/u, capabilities: { ...legacyClaude, ...maxima(200_000, 64_000) } },
  { id: /claude-opus-4(?!-[6-9])/u, capabilities: { ...legacyClaude, ...maxima(200_000, 32_000) } },
  { id: /claude-sonnet-4(?!-[6-9])/u, capabilities: { ...legacyClaude, ...maxima(200_000, 64_000) } },
  { id: /claude/u, capabilities: { ...claude5, ...maxima(1_000_000, 128_000) } },
  {
    id: /nova-micro/u,
    capabilities: { ...nova, images: "none", documents: "none", prefill: true, ...maxima(128_000, 8_000) },
  },
  {
    id: /nova-pro/u,
    capabilities: { ...nova, cacheMinimumTokens: 1_024, prefill: true, ...maxima(300_000, 8_000) },
  },
  {
    id: /nova-2/u,
    capabilities: {
      ...nova,
      thinksInText: false,
      prefill: true,
      cachePoints: ["system"],
      ...maxima(undefined, undefined),
    },
  },
  { id: /nova-premier/u, capabilities: { ...nova, prefill: true, ...maxima(1_000_000, 32_000) } },
  { id: /amazon\.nova/u, capabilities: { ...nova, prefill: true, ...maxima(300_000, 8_000) } },
  {
    id: /titan-text-premier/u,
    capabilities: { ...textOnly, ...withoutTools, ...titan, ...maxima(32_000, 3_072) },
  },
  {
    id: /amazon\.titan/u,
    capabilities: { ...withDocuments, ...withoutTools, ...titan, ...maxima(undefined, 4_096) },
  },
  { id: /llama4/u, capabilities: { ...llama, images: "user", prefill: true, ...maxima(1_000_000, 8_192) } },
  { id: /llama3-[13]/u, capabilities: { ...llama, prefill: true, ...maxima(128_000, 4_096) } },
  {
    id: /llama3-2-(?:90|11)b/u,
    capabilities: { ...llama, images: "user", prefill: true, ...maxima(128_000, 4_096) },
  },
  { id: /meta\.llama/u, capabilities: { ...llama, ...withoutTools, prefill: true, ...maxima(8_000, 2_048) } },
  {
    id: /mistral-7b|mixtral/u,
    capabilities: {
      ...mistral,
      ...withoutTools,
      systemPrompt: "first-message",
      prefill: true,
      ...maxima(32_000, 8_192),
    },
  },
  { id: /pixtral/u, capabilities: { ...mistral, images: "user", prefill: true, ...maxima(128_000, 8_192) } },
  { id: /mistral\./u, capabilities: { ...mistral, prefill: true, ...maxima(undefined, 8_192) } },
  {
    id: /cohere\.command-(?:text|light)/u,
    capabilities: {
      ...withDocuments,
      ...withoutTools,
      family: "cohere",
      systemPrompt: "first-message",
      ...maxima(4_000, 4_000),
    },
  },
  { id: /cohere\./u, capabilities: { ...withDocuments, family: "cohere", prefill: true, ...maxima(128_000, 4_000) } },
  {
    id: /jamba-instruct/u,
    capabilities: { ...textOnly, ...withoutTools, family: "jamba", ...maxima(256_000, 4_096) },
  },
  {
    id: /ai21\.j2/u,
    capabilities: {
      ...textOnly,
      ...withoutTools,
      family: "jamba",
      systemPrompt: "first-message",
      streaming: false,
      ...maxima(8_000, 8_191),
    },
  },
  { id: /ai21\./u, capabilities: { ...withDocuments, family: "jamba", ...maxima(256_000, 4_096) } },
  {
    id: /deepseek\.r1/u,
    capabilities: {
      ...withDocuments,
      ...withoutTools,
      family: "deepseek",
      replaysReasoning: "unsigned",
      prefill: true,
      ...maxima(128_000, 32_000),
    },
  },
  {
    id: /deepseek\./u,
    capabilities: {
      ...withDocuments,
      family: "deepseek",
      toolChoice: ["any", "tool"],
      prefill: true,
      ...maxima(164_000, undefined),
    },
  },
  {
    id: /openai\.gpt-oss/u,
    capabilities: { ...textOnly, family: "openai", prefill: true, ...maxima(128_000, 16_000) },
  },
  {
    id: /openai\./u,
    capabilities: {
      ...unknownModel,
      family: "openai",
      toolChoice: ["auto", "any", "tool"],
      temperature: false,
      ...maxima(272_000, 128_000),
    },
  },
  { id: /^outcrop\.demo$/u, capabilities: { ...unknownModel, toolChoice: ["auto", "any", "tool"] } },
  { id: /qwen.*-vl/u, capabilities: { ...unknownModel, family: "qwen" } },
  { id: /qwen\./u, capabilities: { ...withDocuments, family: "qwen" } },
  { id: /kimi/u, capabilities: { ...unknownModel, family: "kimi", ...maxima(262_000, 16_000) } },
  {
    id: /writer\./u,
    capabilities: {
      ...withDocuments,
      family: "writer",
      streamingTools: false,
      prefill: true,
      ...maxima(122_000, 8_192),
    },
  },
];
