import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkConversation, modelFamily } from "../../../src/emulator/conversation-rules.ts";
import { signReasoning } from "../../../src/emulator/reply/reasoning-signature.ts";

const models = {
  claude: "anthropic.claude-opus-4-6-v1",
  olderClaude: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  nova: "amazon.nova-pro-v1:0",
  llama: "meta.llama3-3-70b-instruct-v1:0",
  mistral: "mistral.mistral-large-2407-v1:0",
  deepseek: "us.deepseek.r1-v1:0",
  titan: "amazon.titan-text-express-v1",
};

const user = (...content: readonly unknown[]) => ({ role: "user", content });
const assistant = (...content: readonly unknown[]) => ({ role: "assistant", content });
const text = { text: "hello" };
const use = (toolUseId = "a", input: unknown = {}) => ({ toolUse: { toolUseId, name: "read_file", input } });
const result = (toolUseId = "a", extra: object = {}) => ({
  toolResult: { toolUseId, content: [{ text: "ok" }], ...extra },
});
const tool = (name = "read_file", schema: object = { type: "object" }) => ({
  toolSpec: { name, inputSchema: { json: schema } },
});
const toolConfig = { tools: [tool()] };
const point = (ttl?: string) => ({ cachePoint: ttl === undefined ? { type: "default" } : { type: "default", ttl } });
const thought = (words: string, signature?: string) => ({
  reasoningContent: { reasoningText: signature === undefined ? { text: words } : { text: words, signature } },
});
const ask = (...messages: readonly unknown[]) => ({ messages });
const loop = (...answer: readonly unknown[]) => ({ ...ask(user(text), assistant(use()), user(...answer)), toolConfig });

function png(width = 10, size = 32): string {
  const bytes = Buffer.alloc(Math.max(size, 24));
  bytes.write("\x89PNG\r\n\x1a\n", "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(10, 20);
  return bytes.toString("base64");
}
const image = (bytes = png(), format = "png") => ({ image: { format, source: { bytes } } });
const document = (name: string, bytes = "aGVsbG8=", format = "pdf") => ({
  document: { name, format, source: { bytes } },
});

interface Case {
  readonly refuses: string;
  readonly request: unknown;
  readonly model?: string;
  readonly text: string;
}

const startWithUser =
  "A conversation must start with a user message. Try again with a conversation that starts with a user message.";
const reformat = "please reformat your input and try again.";

const cases: readonly Case[] = [
  { refuses: "a request without messages", request: {}, text: startWithUser },
  {
    refuses: "a conversation that starts with the assistant",
    request: ask(assistant(text), user(text)),
    text: startWithUser,
  },
  {
    refuses: "two user messages in a row",
    request: ask(user(text), user(text)),
    text: "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.",
  },
  {
    refuses: "a last message of the assistant for Claude 4.6",
    request: ask(user(text), assistant(text)),
    text: "This model does not support assistant message prefill. The conversation must end with a user message.",
  },
  {
    refuses: "a message without content",
    request: ask(user(text), assistant(), user(text)),
    text: "The content field in the Message object at messages.1 is empty. Add a ContentBlock object to the content field and try again.",
  },
  {
    refuses: "blank text in a message",
    request: ask(user({ text: " \n" })),
    text: "The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
  },
  {
    refuses: "blank text in the system prompt",
    request: { ...ask(user(text)), system: [{ text: "" }] },
    text: "The text field in the SystemContentBlock object at system.0 is blank. Add text to the text field, and try again.",
  },
  {
    refuses: "blank text in a tool result",
    request: loop(result("a", { content: [{ text: "" }] })),
    text: "The text field in the ToolResultContentBlock object at messages.2.content.0.toolResult.content.0 is blank. Add text to the text field, and try again.",
  },
  {
    refuses: "a tool use without its result",
    request: { ...ask(user(text), assistant(use("a"), use("b")), user(result("b"))), toolConfig },
    text: "Expected toolResult blocks at messages.2.content for the following Ids: a",
  },
  {
    refuses: "a tool result with another id",
    request: loop(result("z")),
    text: "Expected toolResult blocks at messages.2.content for the following Ids: a, but found: z",
  },
  {
    refuses: "an unanswered tool use at the end",
    request: { ...ask(user(text), assistant(use("a"))), toolConfig },
    model: models.olderClaude,
    text: "Expected toolResult blocks at messages.2.content for the following Ids: a",
  },
  {
    refuses: "a tool result that nothing asked for",
    request: { ...ask(user(text), assistant(text), user(result("a"))), toolConfig },
    text: "The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.",
  },
  {
    refuses: "two results for one tool use",
    request: loop(result("a"), result("a")),
    text: "The toolResult blocks at messages.2.content contain duplicate Ids: a",
  },
  {
    refuses: "two tool uses with one id",
    request: { ...ask(user(text), assistant(use("a"), use("a")), user(result("a"))), toolConfig },
    text: "The toolUse blocks at messages.1.content contain duplicate Ids: a",
  },
  {
    refuses: "text before the tool results",
    request: loop(text, result("a")),
    text: "Since the previous message contained tool uses, the message at messages.2.content must begin with a matching number of tool_result blocks",
  },
  {
    refuses: "a tool use by the user",
    request: { ...ask(user(text, use("a"))), toolConfig },
    text: "messages.0.content.1: `tool_use` blocks can only be in `assistant` messages",
  },
  {
    refuses: "a tool result by the assistant",
    request: { ...ask(user(text), assistant(result("a")), user(text)), toolConfig },
    text: "messages.1.content.0: `tool_result` blocks can only be in `user` messages",
  },
  {
    refuses: "text beside a tool result for Llama",
    request: loop(result("a"), text),
    model: models.llama,
    text: "Conversation blocks and tool result blocks cannot be provided in the same turn.",
  },
  {
    refuses: "an error result without content",
    request: loop(result("a", { content: [], status: "error" })),
    text: "The content field at messages.2.content.0.toolResult cannot be empty when status value is error.",
  },
  {
    refuses: "a result without content",
    request: loop(result("a", { content: [] })),
    text: "The content field in the ToolResultBlock object at messages.2.content.0.toolResult is empty. Add a ToolResultContentBlock object to the content field and try again.",
  },
  {
    refuses: "a result's status for Llama",
    request: loop(result("a", { status: "success" })),
    model: models.llama,
    text: "This model doesn't support the toolResult.status field. Remove toolResult.status and try again.",
  },
  {
    refuses: "tool blocks without toolConfig",
    request: ask(user(text), assistant(use()), user(result())),
    text: "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
  },
  ...["text", [1], 7, null].map((input) => ({
    refuses: `the tool input ${JSON.stringify(input)}`,
    request: { ...ask(user(text), assistant(use("a", input)), user(result("a"))), toolConfig },
    text: "The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object for the field and try again.",
  })),
  {
    refuses: "a tool name with a space",
    request: { ...ask(user(text)), toolConfig: { tools: [tool("read file")] } },
    text: "1 validation error detected: Value 'read file' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
  },
  {
    refuses: "a tool name of 65 letters",
    request: { ...ask(user(text)), toolConfig: { tools: [tool("a".repeat(65))] } },
    text: `1 validation error detected: Value '${"a".repeat(65)}' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must have length less than or equal to 64`,
  },
  {
    refuses: "a tool name with a hyphen for Nova",
    request: { ...ask(user(text)), toolConfig: { tools: [tool("read-file")] } },
    model: models.nova,
    text: "Model produced invalid sequence as part of ToolUse. Please refer to the model tool use troubleshooting guide.",
  },
  {
    refuses: "a tool use id with a space",
    request: { ...ask(user(text), assistant(use("a b")), user(result("a b"))), toolConfig },
    text: "1 validation error detected: Value 'a b' at 'messages.2.member.content.1.member.toolUse.toolUseId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.:-]+",
  },
  {
    refuses: "a tool use id that Mistral does not take",
    request: loop(result("a")),
    model: models.mistral,
    text: "Tool call id was a but must be a-z, A-Z, 0-9, with a length of 9.",
  },
  {
    refuses: "an empty tool description",
    request: { ...ask(user(text)), toolConfig: { tools: [{ toolSpec: { ...tool().toolSpec, description: "" } }] } },
    text: "1 validation error detected: Value '' at 'toolConfig.tools.1.member.toolSpec.description' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  {
    refuses: "an input schema that is no object schema",
    request: { ...ask(user(text)), toolConfig: { tools: [tool("t", { type: "string" })] } },
    text: "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.",
  },
  {
    refuses: "further keys at the top of a schema for Nova",
    request: { ...ask(user(text)), toolConfig: { tools: [tool("t", { type: "object", $schema: "x" })] } },
    model: models.nova,
    text: `Malformed input request: #/toolConfig/tools/0/toolSpec/inputSchema/json: extraneous key [$schema] is not permitted, ${reformat}`,
  },
  {
    refuses: "two tools of one name",
    request: { ...ask(user(text)), toolConfig: { tools: [tool(), tool()] } },
    text: "tools: Tool names must be unique.",
  },
  {
    refuses: "an empty list of tools",
    request: { ...ask(user(text)), toolConfig: { tools: [] } },
    text: "1 validation error detected: Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  {
    refuses: "a tool choice that the model does not know",
    request: { ...ask(user(text)), toolConfig: { ...toolConfig, toolChoice: { any: {} } } },
    model: models.llama,
    text: "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  },
  {
    refuses: "the choice of a tool that is not offered",
    request: { ...ask(user(text)), toolConfig: { ...toolConfig, toolChoice: { tool: { name: "other" } } } },
    text: "Tool 'other' not found in provided tools",
  },
  {
    refuses: "tools for a model without",
    request: { ...ask(user(text)), toolConfig },
    model: models.deepseek,
    text: "This model doesn't support tool use.",
  },
  {
    refuses: "a system prompt for a model without",
    request: { ...ask(user(text)), system: [text] },
    model: models.titan,
    text: "This model doesn't support the system field. Remove system and try again.",
  },
  {
    refuses: "a reasoning signature for another family",
    request: ask(user(text), assistant(thought("t", "s"), text), user(text)),
    model: models.nova,
    text: "This model doesn't support the reasoningContent.reasoningText.signature field. Remove reasoningContent.reasoningText.signature and try again.",
  },
  {
    refuses: "unsigned reasoning for Claude",
    request: ask(user(text), assistant(thought("t"), text), user(text)),
    text: "messages.1.content.0.thinking.signature: Field required",
  },
  {
    refuses: "reasoning that was changed since the emulator signed it",
    request: ask(user(text), assistant(thought("t ", signReasoning("t")), text), user(text)),
    text: "messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.",
  },
  {
    refuses: "reasoning by the user",
    request: ask(user(thought("t", "s"), text)),
    text: "messages.0.content.0: `thinking` blocks can only be in `assistant` messages",
  },
  {
    refuses: "a tool loop whose reasoning was lost while thinking is on",
    request: {
      ...loop(result()),
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 2000 } },
    },
    text: "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks).",
  },
  {
    refuses: "fewer tokens than thinking may take",
    request: {
      ...ask(user(text)),
      inferenceConfig: { maxTokens: 2000 },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 2000 } },
    },
    text: "`max_tokens` must be greater than `thinking.budget_tokens`.",
  },
  {
    refuses: "a lone surrogate",
    request: ask(user({ text: "a\ud83d" })),
    text: "The request body is not valid JSON: no low surrogate in string at messages.0.content.0.text",
  },
  {
    refuses: "bytes that JSON revived as an object",
    request: ask(user(text, { image: { format: "png", source: { bytes: { 0: 1 } } } })),
    text: `Malformed input request: #/messages/0/content/1/image/source/bytes: expected type: String, found: JSONObject, ${reformat}`,
  },
  {
    refuses: "an image that is base64 twice",
    request: ask(user(text, image(Buffer.from(png()).toString("base64")))),
    text: "messages.0.content.1.image.source.base64: Image does not match the provided media type image/png",
  },
  {
    refuses: "an image above 3.75 MB",
    request: ask(user(text, image(png(10, 3_932_163)))),
    text: "messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 5242884 bytes > 5242880 bytes",
  },
  {
    refuses: "an image above 8000 pixels",
    request: ask(user(text, image(png(8001)))),
    text: "messages.0.content.1.image.source.base64: At least one of the image dimensions exceed max allowed size: 8000 pixels",
  },
  {
    refuses: "21 images",
    request: ask(user(text, ...Array.from({ length: 21 }, () => image()))),
    text: "too many images at messages.0: 21 > 20",
  },
  {
    refuses: "six documents",
    request: ask(user(text, ...Array.from({ length: 6 }, (_, index) => document(`d${index}`)))),
    text: "too many documents at messages.0: 6 > 5",
  },
  {
    refuses: "a document above 4.5 MB",
    request: ask(user(text, document("d", Buffer.alloc(4_718_593).toString("base64")))),
    text: "messages.0.content.1.document.source.base64: document exceeds 4.5 MB maximum: 6291460 bytes > 6291456 bytes",
  },
  {
    refuses: "a document without text",
    request: ask(user(document("d"))),
    text: "A text block is required in the Message object at messages.0 when it has a document block.",
  },
  {
    refuses: "a document name with a dot",
    request: ask(user(text, document("a.pdf"))),
    text: "The file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.",
  },
  {
    refuses: "two documents of one name",
    request: ask(user(text, document("d"), document("d"))),
    text: "Duplicate document file name: d. Document names must be unique within a request.",
  },
  {
    refuses: "an image by the assistant",
    request: ask(user(text), assistant(text, image()), user(text)),
    text: "The Message object at messages.1 holds image or document content, which is supported only in messages of the user role.",
  },
  {
    refuses: "five cache points",
    request: ask(user(text, point(), text, point(), text, point(), text, point(), text, point())),
    text: "A maximum of 4 blocks with cache_control may be provided. Found 5.",
  },
  {
    refuses: "a cache point before any content",
    request: ask(user(point(), text)),
    text: "messages.0.content.0: a cachePoint must follow the content that it caches.",
  },
  {
    refuses: "a cache point after reasoning",
    request: ask(user(text), assistant(thought("t", "s"), point(), text), user(text)),
    text: "messages.1.content.1: a cachePoint cannot be placed after a reasoningContent block.",
  },
  {
    refuses: "a cache point after a document that is no PDF",
    request: ask(user(text, document("d", "aGVsbG8=", "md"), point())),
    text: "messages.0.content.2: a cachePoint cannot be placed after a document block that is not a PDF.",
  },
  {
    refuses: "a long-lived cache point after a short-lived one",
    request: { ...ask(user(text, point("1h"))), system: [text, point()] },
    text: "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.",
  },
  {
    refuses: "a cache point in Nova's tools",
    request: { ...ask(user(text)), toolConfig: { tools: [tool(), point()] } },
    model: models.nova,
    text: `Malformed input request: #/toolConfig/tools/1: extraneous key [cachePoint] is not permitted, ${reformat}`,
  },
  {
    refuses: "a cache point for a model that does not cache",
    request: ask(user(text, point())),
    model: models.llama,
    text: "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.",
  },
  {
    refuses: "an unknown key of the request",
    request: { ...ask(user(text)), service_tier: "flex" },
    text: `Malformed input request: #: extraneous key [service_tier] is not permitted, ${reformat}`,
  },
  {
    refuses: "an unknown key deep in the request",
    request: { ...ask(user(text)), inferenceConfig: { topK: 3 } },
    text: `Malformed input request: #/inferenceConfig: extraneous key [topK] is not permitted, ${reformat}`,
  },
  {
    refuses: "a block with two members",
    request: ask(user({ ...text, ...point() })),
    text: "The value at messages.0.content.0 is not valid: exactly one of these keys must be set: text, image, document, video, audio, toolUse, toolResult, guardContent, cachePoint, reasoningContent, citationsContent, searchResult, toolAddition, toolRemoval.",
  },
  {
    refuses: "a role that does not exist",
    request: ask({ role: "tool", content: [text] }),
    text: "1 validation error detected: Value 'tool' at 'messages.1.member.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]",
  },
  {
    refuses: "a message without a role",
    request: ask({ content: [text] }),
    text: "1 validation error detected: Value null at 'messages.1.member.role' failed to satisfy constraint: Member must not be null",
  },
  {
    refuses: "a limit of no tokens",
    request: { ...ask(user(text)), inferenceConfig: { maxTokens: 0 } },
    text: "1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1",
  },
  {
    refuses: "a limit that is text",
    request: { ...ask(user(text)), inferenceConfig: { maxTokens: "10" } },
    text: `Malformed input request: #/inferenceConfig/maxTokens: expected type: Number, found: String, ${reformat}`,
  },
];

describe("the conversation rules refuse", () => {
  for (const { refuses, request, model = models.claude, text: expected } of cases) {
    test(refuses, () => {
      const messages = checkConversation(request, modelFamily(model)).map(({ message }) => message);
      assert.ok(messages.includes(expected), `expected “${expected}” among ${JSON.stringify(messages, null, 1)}`);
    });
  }

  test("what breaks one rule with that rule's text first", () => {
    const first = checkConversation(loop(text), modelFamily(models.claude));
    assert.deepEqual(first, [
      {
        rule: "missing-tool-result",
        path: "messages.2.content",
        message: "Expected toolResult blocks at messages.2.content for the following Ids: a",
      },
    ]);
  });
});

describe("the conversation rules accept", () => {
  const signed = thought("because", signReasoning("because"));
  const accepted: Readonly<Record<string, readonly [request: unknown, model: string]>> = {
    "one user message": [ask(user(text)), models.claude],
    "a prefill for Claude 4.5": [ask(user(text), assistant(text)), models.olderClaude],
    "parallel tool uses answered in any order": [
      { ...ask(user(text), assistant(text, use("a"), use("b")), user(result("b"), result("a"), text)), toolConfig },
      models.claude,
    ],
    "reasoning that came back as it was, even with blank text beside it": [
      ask(user(text), assistant(signed, { text: "\n" }), user(text)),
      models.claude,
    ],
    "a signature without text": [ask(user(text), assistant(thought("", "sig"), text), user(text)), models.claude],
    "unsigned reasoning for DeepSeek": [ask(user(text), assistant(thought("t"), text), user(text)), models.deepseek],
    "an image and a document at their limits": [
      ask(user(text, image(png(8000, 3_932_160)), document("d", Buffer.alloc(4_718_592).toString("base64")))),
      models.claude,
    ],
    "four cache points over tools, system and messages": [
      {
        ...ask(user(text, point(), text, point())),
        system: [text, point()],
        toolConfig: { tools: [tool(), point()] },
      },
      models.claude,
    ],
    "the SDK's input with its model id and bytes": [
      {
        modelId: models.claude,
        ...ask(user(text, { image: { format: "png", source: { bytes: Buffer.from(png(), "base64") } } })),
      },
      models.claude,
    ],
    "nine letters as an id for Mistral": [
      { ...ask(user(text), assistant(use("abcdefgh1")), user(result("abcdefgh1"))), toolConfig },
      models.mistral,
    ],
  };
  for (const [name, [request, model]] of Object.entries(accepted)) {
    test(name, () => assert.deepEqual(checkConversation(request, modelFamily(model)), []));
  }
});
