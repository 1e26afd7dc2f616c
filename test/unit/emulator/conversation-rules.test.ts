import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkConversation, modelFamily } from "../../../src/emulator/conversation-rules.ts";
import {
  ask,
  assistant,
  type Case,
  loop,
  models,
  reformat,
  result,
  startWithUser,
  testRefusals,
  text,
  tool,
  toolConfig,
  use,
  user,
} from "./rule-cases.ts";

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
];

describe("the conversation rules refuse", () => {
  testRefusals(cases);

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
