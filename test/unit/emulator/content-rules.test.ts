import { describe } from "node:test";
import { signReasoning } from "../../../src/emulator/reply/reasoning-signature.ts";
import {
  ask,
  assistant,
  type Case,
  document,
  image,
  loop,
  models,
  png,
  point,
  reformat,
  result,
  testRefusals,
  text,
  thought,
  tool,
  toolConfig,
  user,
} from "./rule-cases.ts";

const cases: readonly Case[] = [
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

describe("the conversation rules refuse, in blocks and parameters", () => {
  testRefusals(cases);
});
