import { type ParameterFamily, parameterFamily } from "./parameter-family.ts";

/** What differs between model families in how Bedrock judges a request. */
export interface ModelFamily {
  readonly name:
    | "claude"
    | "nova"
    | "llama"
    | "mistral"
    | "cohere"
    | "deepseek"
    | "titan"
    | "writer"
    | "openai"
    | "other";
  /** A last message of the assistant is continued instead of refused (Claude before 4.6 and others). */
  readonly acceptsPrefill: boolean;
  readonly hasSystemPrompt: boolean;
  readonly hasTools: boolean;
  readonly streamsTools: boolean;
  /** Text may stand beside tool results in a message, and beside tool uses. */
  readonly mixesTextAndTools: boolean;
  readonly hasToolResultStatus: boolean;
  readonly hasReasoningSignature: boolean;
  readonly toolChoices: readonly ("auto" | "any" | "tool")[];
  readonly cachePoints: "everywhere" | "not-in-tools" | "none";
  readonly parameters: ParameterFamily;
}

type Conversing = Omit<ModelFamily, "parameters">;

const capable: Conversing = {
  name: "other",
  acceptsPrefill: false,
  hasSystemPrompt: true,
  hasTools: true,
  streamsTools: true,
  mixesTextAndTools: true,
  hasToolResultStatus: true,
  hasReasoningSignature: true,
  toolChoices: ["auto", "any", "tool"],
  cachePoints: "everywhere",
};

const plain: Conversing = {
  ...capable,
  acceptsPrefill: true,
  hasToolResultStatus: false,
  hasReasoningSignature: false,
  cachePoints: "none",
};

const families: readonly (readonly [pattern: RegExp, family: Conversing])[] = [
  [/claude-(?:v2|instant)/u, { ...plain, name: "claude", hasTools: false, streamsTools: false }],
  [/claude-(?:(?:opus|sonnet|haiku|fable)-(?:4-[6-9]|[5-9](?:-|$)))/u, { ...capable, name: "claude" }],
  [/claude/u, { ...capable, name: "claude", acceptsPrefill: true }],
  [
    /amazon\.nova/u,
    { ...capable, name: "nova", acceptsPrefill: true, hasReasoningSignature: false, cachePoints: "not-in-tools" },
  ],
  [/amazon\.titan/u, { ...plain, name: "titan", hasSystemPrompt: false, hasTools: false, streamsTools: false }],
  [/meta\.llama/u, { ...plain, name: "llama", streamsTools: false, mixesTextAndTools: false, toolChoices: ["auto"] }],
  [
    /mistral\.(?:mistral-7b|mixtral)/u,
    { ...plain, name: "mistral", hasSystemPrompt: false, hasTools: false, streamsTools: false },
  ],
  [
    /mistral\./u,
    { ...plain, name: "mistral", streamsTools: false, mixesTextAndTools: false, toolChoices: ["auto", "any"] },
  ],
  [/cohere\./u, { ...plain, name: "cohere", toolChoices: ["auto"] }],
  [/deepseek\.r1/u, { ...plain, name: "deepseek", hasTools: false, streamsTools: false }],
  [/deepseek\./u, { ...plain, name: "deepseek" }],
  [/writer\./u, { ...plain, name: "writer", streamsTools: false }],
  [/openai\./u, { ...plain, name: "openai" }],
];

/** The family of a model id, inference profile id or ARN. What is not known is judged as a recent, capable model. */
export function modelFamily(modelId: string): ModelFamily {
  const conversing = families.find(([pattern]) => pattern.test(modelId))?.[1] ?? capable;
  return { ...conversing, parameters: parameterFamily(modelId) };
}
