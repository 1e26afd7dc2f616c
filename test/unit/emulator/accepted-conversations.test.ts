import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkConversation, modelFamily } from "../../../src/emulator/conversation-rules.ts";
import { signReasoning } from "../../../src/emulator/reply/reasoning-signature.ts";
import {
  ask,
  assistant,
  document,
  image,
  models,
  png,
  point,
  result,
  text,
  thought,
  tool,
  toolConfig,
  use,
  user,
} from "./rule-cases.ts";

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
