import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { toModelRequest } from "../../src/agent/to-converse/to-model-request.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { pngHeader } from "../support/any-history.ts";
import { modelExamples } from "../support/model-examples.ts";
import { member, nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const picture = pngHeader(4, 4);
/** A session that went through a crash, a denial and several models. */
const history: readonly Message[] = [
  { role: "user", content: [{ text: "What is this?" }, { image: { format: "jpeg", source: { bytes: picture } } }] },
  {
    role: "assistant",
    content: [
      { reasoningContent: { reasoningText: { text: " I look.\n", signature: "sig==" } } },
      { text: "I look.\ud83d" },
      { toolUse: { toolUseId: "tooluse_1", name: "git-log", input: {} } },
      { toolUse: { toolUseId: "tooluse_2", name: "look", input: {} } },
    ],
  },
  {
    role: "user",
    content: [{ toolResult: { toolUseId: "tooluse_2", status: "error", content: [{ text: "Not allowed." }] } }],
  },
  { role: "assistant", content: [{ reasoningContent: { reasoningText: { text: "unsigned" } } }, { text: " " }] },
  { role: "user", content: [{ text: "And now?" }] },
];
const tools = ["look", "git-log"].map((name) => ({ name, description: "", inputSchema: { type: "object" } }));

for (const transport of transports) {
  describe(`histories over ${nameOf(transport)}`, () => {
    for (const modelId of modelExamples) {
      it(`B6.111 B6.104 ${modelId} takes the history of another model`, async (test) => {
        const wire = await openWire(test, transport, () => textReply("Fine."));
        const { capabilities } = wire.pool.model({ ...wire.settings, modelId });
        const request = toModelRequest({ history, system: "Be brief.", tools }, capabilities);
        const { events, error } = await wire.call({ modelId }, { request });
        assert.deepEqual([error?.error, textOf(events)], [undefined, "Fine."]);
      });
    }

    it("B6.106 B6.101 bytes arrive as bytes, and signed reasoning as it was", async (test) => {
      const wire = await openWire(test, transport, () => textReply("Fine."));
      const { capabilities } = wire.pool.model(wire.settings);
      await wire.call({}, { request: toModelRequest({ history, system: "", tools }, capabilities) });
      const body = wire.emulator.requests[0]?.body;
      assert.deepEqual(member(body, "messages", 0, "content", 1), {
        image: { format: "png", source: { bytes: Buffer.from(picture).toString("base64") } },
      });
      assert.deepEqual(member(body, "messages", 1, "content", 0), {
        reasoningContent: { reasoningText: { text: " I look.\n", signature: "sig==" } },
      });
    });

    it("B6.110 a stored prompt as model gets messages and nothing that it sets itself", async (test) => {
      const modelId = "arn:aws:bedrock:us-east-1:111122223333:prompt/PROMPT1234:1";
      const wire = await openWire(test, transport, () => textReply("Fine."));
      const { capabilities } = wire.pool.model({ ...wire.settings, modelId });
      const request = toModelRequest({ history, system: "Be brief.", tools }, capabilities);
      const { error } = await wire.call({ modelId }, { request });
      assert.equal(error, undefined);
      assert.deepEqual(Object.keys(wire.emulator.requests[0]?.body ?? {}), ["messages"]);
    });
  });
}
