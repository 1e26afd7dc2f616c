import assert from "node:assert/strict";
import { test } from "node:test";
import { checkConversation, modelFamily } from "../../../src/emulator/conversation-rules.ts";

export const models = {
  claude: "anthropic.claude-opus-4-6-v1",
  olderClaude: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  nova: "amazon.nova-pro-v1:0",
  llama: "meta.llama3-3-70b-instruct-v1:0",
  mistral: "mistral.mistral-large-2407-v1:0",
  deepseek: "us.deepseek.r1-v1:0",
  titan: "amazon.titan-text-express-v1",
};

export const user = (...content: readonly unknown[]) => ({ role: "user", content });
export const assistant = (...content: readonly unknown[]) => ({ role: "assistant", content });
export const text = { text: "hello" };
export const use = (toolUseId = "a", input: unknown = {}) => ({ toolUse: { toolUseId, name: "read_file", input } });
export const result = (toolUseId = "a", extra: object = {}) => ({
  toolResult: { toolUseId, content: [{ text: "ok" }], ...extra },
});
export const tool = (name = "read_file", schema: object = { type: "object" }) => ({
  toolSpec: { name, inputSchema: { json: schema } },
});
export const toolConfig = { tools: [tool()] };
export const point = (ttl?: string) => ({
  cachePoint: ttl === undefined ? { type: "default" } : { type: "default", ttl },
});
export const thought = (words: string, signature?: string) => ({
  reasoningContent: { reasoningText: signature === undefined ? { text: words } : { text: words, signature } },
});
export const ask = (...messages: readonly unknown[]) => ({ messages });
export const loop = (...answer: readonly unknown[]) => ({
  ...ask(user(text), assistant(use()), user(...answer)),
  toolConfig,
});

export function png(width = 10, size = 32): string {
  const bytes = Buffer.alloc(Math.max(size, 24));
  bytes.write("\x89PNG\r\n\x1a\n", "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(10, 20);
  return bytes.toString("base64");
}
export const image = (bytes = png(), format = "png") => ({ image: { format, source: { bytes } } });
export const document = (name: string, bytes = "aGVsbG8=", format = "pdf") => ({
  document: { name, format, source: { bytes } },
});

export interface Case {
  readonly refuses: string;
  readonly request: unknown;
  readonly model?: string;
  readonly text: string;
}

export const startWithUser =
  "A conversation must start with a user message. Try again with a conversation that starts with a user message.";
export const reformat = "please reformat your input and try again.";

/** One test for each case: it is refused with exactly this text. */
export function testRefusals(cases: readonly Case[]): void {
  for (const { refuses, request, model = models.claude, text: expected } of cases) {
    test(refuses, () => {
      const messages = checkConversation(request, modelFamily(model)).map(({ message }) => message);
      assert.ok(messages.includes(expected), `expected “${expected}” among ${JSON.stringify(messages, null, 1)}`);
    });
  }
}
