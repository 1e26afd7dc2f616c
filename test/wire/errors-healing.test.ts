import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Feature } from "../../src/agent/capabilities.ts";
import type { ModelRequest } from "../../src/agent/model.ts";
import { toModelRequest } from "../../src/agent/to-converse/to-model-request.ts";
import { httpErrorReply, textReply, toolReply } from "../../src/emulator/replies.ts";
import type { ConverseCall, Responder } from "../../src/emulator/responder.ts";
import {
  member,
  modelId,
  nameOf,
  openWire,
  textOf,
  transports,
  useOwnEnvironment,
  type Wire,
} from "../support/wire-call.ts";

useOwnEnvironment();

const tools = [{ name: "look", description: "Looks.", inputSchema: { type: "object", properties: {} } }];
const called: readonly Message[] = [
  { role: "user", content: [{ text: "Look there." }] },
  {
    role: "assistant",
    content: [
      { reasoningContent: { reasoningText: { text: "hm", signature: "s" } } },
      { toolUse: { toolUseId: "tooluse_1", name: "look", input: {} } },
    ],
  },
  {
    role: "user",
    content: [{ toolResult: { toolUseId: "tooluse_1", status: "error", content: [{ text: "Gone." }] } }],
  },
];
/** Long enough that cache points pay. */
const system = "You look at things. ".repeat(1_000);

/** Refuses as long as the request, as JSON, has what the model does not take. */
function refusing(status: number, type: string, message: string, offends: (call: ConverseCall) => boolean): Responder {
  return (call) => (offends(call) ? httpErrorReply(status, type, message) : textReply("Done."));
}

/** As the loop does: the request is made for what the model is known to take by now. */
function requestFor(wire: Wire, id: string): ModelRequest {
  const { capabilities } = wire.pool.model({ ...wire.settings, modelId: id });
  return toModelRequest({ history: called, system, tools }, capabilities);
}

/** The first attempt is refused, the second goes through; so does the first of the next turn. */
async function heals(
  test: TestContext,
  responder: Responder,
  transport: "plain" | "tls",
  feature: Feature,
  id = modelId,
) {
  const wire = await openWire(test, transport, responder);
  const error = await wire.fail({ modelId: id }, { request: requestFor(wire, id) });
  assert.deepEqual([error.kind, error.feature, error.retry], ["feature_unsupported", feature, { most: 1, baseMs: 0 }]);
  for (const _ of ["the second attempt", "the next turn"]) {
    const { events, error: failed } = await wire.call({ modelId: id }, { request: requestFor(wire, id) });
    assert.deepEqual([textOf(events), failed], ["Done.", undefined]);
  }
  assert.equal(wire.emulator.requests.length, 3);
  return wire;
}

const hasPoints = ({ request }: ConverseCall): boolean => JSON.stringify(request).includes("cachePoint");

for (const transport of transports) {
  describe(`parameters that heal themselves over ${nameOf(transport)}`, () => {
    it("B4.63 a model that refuses prompt caching is asked without it, and that is remembered", async (test) => {
      const text =
        "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.";
      const wire = await heals(test, refusing(403, "AccessDeniedException", text, hasPoints), transport, "cachePoints");
      assert.deepEqual(
        wire.emulator.requests.map(({ body }) => JSON.stringify(body).split("cachePoint").length - 1),
        [3, 0, 0],
      );
    });

    it("B4.64 a refused cache point in the tools leaves the others", async (test) => {
      const text =
        "Malformed input request: #/toolConfig/tools/1: extraneous key [cachePoint] is not permitted, please reformat your input and try again.";
      const inTools = ({ request }: ConverseCall) => JSON.stringify(request.toolConfig).includes("cachePoint");
      const longTools = refusing(400, "ValidationException", text, inTools);
      const wire = await openWire(test, transport, longTools);
      const many = tools.map((tool) => ({ ...tool, description: system }));
      const request = toModelRequest(
        { history: called, system, tools: many },
        wire.pool.model(wire.settings).capabilities,
      );
      assert.equal((await wire.fail({}, { request })).feature, "toolCachePoint");
      assert.equal(textOf((await wire.call({}, { request })).events), "Done.");
      const body = wire.emulator.requests[1]?.body;
      assert.deepEqual(member(body, "system", 1), { cachePoint: { type: "default" } });
      assert.equal(member(body, "toolConfig", "tools", 1), undefined);
    });

    it("B4.65 a model that refuses tools while it streams is asked by Converse, and shown alike", async (test) => {
      const text = "This model doesn't support tool use in streaming mode.";
      const wire = await heals(
        test,
        refusing(400, "ValidationException", text, ({ operation }) => operation === "converse-stream"),
        transport,
        "streamingTools",
        "zai.glm-4.7",
      );
      assert.deepEqual(
        wire.emulator.requests.map(({ path }) => path.split("/").at(-1)),
        ["converse-stream", "converse", "converse"],
      );
    });

    it("B4.65 a model that cannot stream at all is asked by Converse, with tools or without", async (test) => {
      const text = "The model is unsupported for streaming.";
      const wire = await openWire(
        test,
        transport,
        refusing(400, "ValidationException", text, ({ operation }) => operation === "converse-stream"),
      );
      assert.equal((await wire.fail()).feature, "streaming");
      assert.equal(textOf((await wire.call()).events), "Done.");
    });

    it("B4.65 a model that is known not to stream tools is not asked to", async (test) => {
      const answer = toolReply("look", { place: "here" }, { text: "I look.", usage: tokens });
      const wire = await openWire(test, transport, [answer]);
      const id = "us.meta.llama3-3-70b-instruct-v1:0";
      const { events } = await wire.call({ modelId: id }, { request: requestFor(wire, id) });
      assert.deepEqual(
        wire.emulator.requests.map(({ path, status }) => [path.split("/").at(-1), status]),
        [["converse", 200]],
      );
      assert.deepEqual(events.slice(0, 6), [
        { messageStart: { role: "assistant" } },
        { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "I look." } } },
        { contentBlockStop: { contentBlockIndex: 0 } },
        {
          contentBlockStart: {
            contentBlockIndex: 1,
            start: {
              toolUse: {
                toolUseId: member(events[3], "contentBlockStart", "start", "toolUse", "toolUseId"),
                name: "look",
              },
            },
          },
        },
        { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: '{"place":"here"}' } } } },
        { contentBlockStop: { contentBlockIndex: 1 } },
      ]);
      assert.deepEqual(events[6], { messageStop: { stopReason: "tool_use" } });
      assert.deepEqual(member(events[7], "metadata", "usage"), tokens);
    });

    it("B4.65 an answer by Converse is stopped in the middle of the wait", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Late.", firstByteDelayMs: 60_000 }]);
      const id = "us.meta.llama3-3-70b-instruct-v1:0";
      const stop = new AbortController();
      const reason = new Error("stopped");
      const call = wire.call({ modelId: id }, { request: requestFor(wire, id), signal: stop.signal });
      await untilAsked(wire);
      stop.abort(reason);
      await assert.rejects(call, (error) => error === reason);
    });

    const choice = "This model doesn't support the toolConfig.toolChoice.any field. Remove it and try again.";
    const named: readonly (readonly [Feature, string])[] = [
      ["toolChoice", choice],
      ["signature", "This model doesn't support the reasoningContent.reasoningText.signature field. Remove it."],
      ["toolResultStatus", "This model doesn't support the toolResult.status field. Remove it and try again."],
      ["system", "This model doesn't support the system field. Remove system and try again."],
      ["system", "This model doesn't support system messages. Try again without a system message."],
      ["temperature", "`temperature` is deprecated for this model."],
    ];
    for (const [feature, text] of named) {
      it(`B4.66 a refusal of ${feature} leaves it out and is remembered: ${text.slice(0, 60)}`, async (test) => {
        const offends = ({ request }: ConverseCall): boolean => {
          const json = JSON.stringify(request.messages);
          if (feature === "signature") return json.includes("signature");
          if (feature === "toolResultStatus") return json.includes('"status"');
          return feature === "system" ? request.system !== undefined : !asked.has(feature);
        };
        const asked = new Set<Feature>();
        const responder = refusing(400, "ValidationException", text, (call) => {
          const refuses = offends(call);
          asked.add(feature);
          return refuses;
        });
        await heals(test, responder, transport, feature);
      });
    }

    it("B4.66 a limit of output tokens that the refusal names is kept from then on", async (test) => {
      const text =
        "The maximum tokens you requested exceeds the model limit of 512. Try again with a maximum tokens value that is lower than 512.";
      const offends = ({ request }: ConverseCall): boolean => (request.inferenceConfig?.maxTokens ?? 0) > 512;
      const wire = await heals(test, refusing(400, "ValidationException", text, offends), transport, "maxTokens");
      assert.deepEqual(member(wire.emulator.requests[1]?.body, "inferenceConfig"), { maxTokens: 512 });
    });

    it("B4.66 a feature that is refused although it was left out is not tried again", async (test) => {
      const wire = await openWire(
        test,
        transport,
        refusing(400, "ValidationException", choice, () => true),
      );
      assert.equal((await wire.fail()).retry.most, 1);
      assert.equal((await wire.fail()).retry.most, 0);
    });

    it("B4.66 what cannot be left out is not tried again", async (test) => {
      const text = "This model doesn't support tool use.";
      const wire = await openWire(
        test,
        transport,
        refusing(400, "ValidationException", text, () => true),
      );
      const { kind, feature, retry } = await wire.fail();
      assert.deepEqual([kind, feature, retry.most], ["feature_unsupported", undefined, 0]);
    });
  });
}

const tokens = { inputTokens: 11, outputTokens: 7, totalTokens: 18 };

async function untilAsked(wire: Wire): Promise<void> {
  while (wire.emulator.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}
