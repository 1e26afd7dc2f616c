import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../../src/agent/capabilities.ts";
import type { ModelRequest } from "../../src/agent/model.ts";
import type { RequestSettings } from "../../src/agent/request-settings.ts";
import { toModelRequest } from "../../src/agent/to-converse/to-model-request.ts";

/** Longer than what any model caches at least. */
export const longText = "Every word of this prompt is sent again with each step. ".repeat(400);

const result = (toolUseId: string, text: string) => ({ toolResult: { toolUseId, content: [{ text }] } });

/** A conversation with a turn that ended and one whose tools have just answered, each with its thinking. */
const history: readonly Message[] = [
  { role: "user", content: [{ text: "What changed last?" }] },
  {
    role: "assistant",
    content: [
      { reasoningContent: { reasoningText: { text: "I look at the log.", signature: "c2lnbmF0dXJlLTE=" } } },
      { toolUse: { toolUseId: "tooluse_log", name: "git-log", input: { count: 1 } } },
    ],
  },
  { role: "user", content: [result("tooluse_log", "fix the retry")] },
  { role: "assistant", content: [{ text: "The retry." }] },
  { role: "user", content: [{ text: "Show it to me." }] },
  {
    role: "assistant",
    content: [
      { reasoningContent: { reasoningText: { text: "I read the file.", signature: "c2lnbmF0dXJlLTI=" } } },
      { text: "I look." },
      { toolUse: { toolUseId: "tooluse_read", name: "read_file", input: { path: "src/retry.ts" } } },
    ],
  },
  { role: "user", content: [result("tooluse_read", "export const retries = 3;")] },
];

const tools = ["git-log", "read_file"].map((name) => ({
  name,
  description: `The tool ${name}.`,
  inputSchema: { type: "object", properties: {}, required: [], additionalProperties: false },
}));

/** The same conversation for every model. */
export function goldenRequest(capabilities: Capabilities): ModelRequest {
  return toModelRequest({ history, system: longText, tools }, capabilities);
}

/** Thinking, caching and all else that a user can wish for at once. */
export const goldenSettings: RequestSettings = {
  thinking: "budget",
  thinkingBudget: 2_048,
  effort: "medium",
  temperature: 0.2,
  topP: 0.9,
  promptCaching: "1h",
  serviceTier: "default",
  latency: "standard",
  guardrail: { identifier: "gr1a2b3c4d5e", version: "2", mode: "async", trace: "enabled" },
  metadata: { repository: "github.com/outcrop/sample", branch: "main", session: "s-1" },
};

/** Every family of the table of models, by the name of its file. */
export const goldenModels: Readonly<Record<string, string>> = {
  "claude-opus-5": "global.anthropic.claude-opus-5",
  "claude-sonnet-5": "global.anthropic.claude-sonnet-5",
  "claude-fable-5": "global.anthropic.claude-fable-5",
  "claude-opus-4-8": "global.anthropic.claude-opus-4-8-v1",
  "claude-opus-4-7": "global.anthropic.claude-opus-4-7-v1",
  "claude-opus-4-6": "global.anthropic.claude-opus-4-6-v1",
  "claude-sonnet-4-6": "global.anthropic.claude-sonnet-4-6-v1",
  "claude-opus-4-5": "global.anthropic.claude-opus-4-5-20251101-v1:0",
  "claude-haiku-4-5": "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "claude-sonnet-4-5": "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "claude-opus-4-1": "us.anthropic.claude-opus-4-1-20250805-v1:0",
  "claude-opus-4": "us.anthropic.claude-opus-4-20250514-v1:0",
  "claude-sonnet-4": "us.anthropic.claude-sonnet-4-20250514-v1:0",
  "claude-3-7-sonnet": "eu.anthropic.claude-3-7-sonnet-20250219-v1:0",
  "claude-3-5-haiku": "us.anthropic.claude-3-5-haiku-20241022-v1:0",
  "claude-3-5-sonnet": "anthropic.claude-3-5-sonnet-20241022-v2:0",
  "claude-3": "anthropic.claude-3-haiku-20240307-v1:0",
  "claude-2": "anthropic.claude-v2:1",
  "nova-pro": "us.amazon.nova-pro-v1:0",
  "nova-lite": "apac.amazon.nova-lite-v1:0",
  "nova-micro": "amazon.nova-micro-v1:0",
  "nova-premier": "us.amazon.nova-premier-v1:0",
  "nova-2-lite": "us.amazon.nova-2-lite-v1:0",
  "llama-4": "us.meta.llama4-maverick-17b-instruct-v1:0",
  "llama-3-3": "us.meta.llama3-3-70b-instruct-v1:0",
  "llama-3-2": "us.meta.llama3-2-90b-instruct-v1:0",
  "llama-3": "meta.llama3-8b-instruct-v1:0",
  "mistral-large": "mistral.mistral-large-2407-v1:0",
  "mistral-7b": "mistral.mistral-7b-instruct-v0:2",
  "pixtral-large": "us.mistral.pixtral-large-2502-v1:0",
  "mistral-large-3": "mistral.mistral-large-3-675b-instruct",
  "cohere-command-r": "cohere.command-r-plus-v1:0",
  "cohere-command": "cohere.command-text-v14",
  "jamba-1-5": "ai21.jamba-1-5-large-v1:0",
  "jamba-instruct": "ai21.jamba-instruct-v1:0",
  "jurassic-2": "ai21.j2-ultra-v1",
  "deepseek-r1": "us.deepseek.r1-v1:0",
  "deepseek-v3": "deepseek.v3-v1:0",
  "gpt-oss": "openai.gpt-oss-120b-1:0",
  "gpt-5": "openai.gpt-5.1",
  qwen3: "qwen.qwen3-coder-30b-a3b-v1:0",
  "kimi-k2": "moonshot.kimi-k2-thinking",
  glm: "zai.glm-4.7",
  grok: "xai.grok-4.3",
  palmyra: "us.writer.palmyra-x5-v1:0",
  "titan-text": "amazon.titan-text-express-v1",
};
