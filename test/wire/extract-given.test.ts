import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExtractionFailed, extract } from "../../src/agent/extract.ts";
import { extractWithRetries } from "../../src/agent/extract-with-retries.ts";
import { GivenSchema } from "../../src/agent/json-schema/given-schema.ts";
import { systemTiming } from "../../src/agent/system-timing.ts";
import { TitleWriter } from "../../src/chat/titles/title-writer.ts";
import { httpErrorReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { openPaid } from "../support/paid-session.ts";
import { nameOf, openWire, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

type Offers = { days?: string | number }[];

const name = "save_document";
/** At whose top no model would take what it has. */
const offers = JSON.stringify({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "array",
  items: { $ref: "#/$defs/offer" },
  minItems: 1,
  $defs: { offer: { type: "object", properties: { days: { type: "integer" } }, required: ["days"] } },
});

function form() {
  return { name, description: "Takes the document.", schema: new GivenSchema(offers) };
}

function called(document: Offers): Reply {
  return { toolUses: [{ name, input: { document } }] };
}

function spoken(document: Offers): Reply {
  return { text: `Here: ${JSON.stringify({ document })}` };
}

/** What each family takes: a named tool, any tool, only the request for one, or no tool at all. */
const models: readonly (readonly [modelId: string, toolChoice: unknown, reply: (document: Offers) => Reply])[] = [
  ["global.anthropic.claude-haiku-4-5-20251001-v1:0", { tool: { name } }, called],
  ["amazon.nova-lite-v1:0", { tool: { name } }, called],
  ["mistral.mistral-large-2407-v1:0", { any: {} }, called],
  ["us.meta.llama3-3-70b-instruct-v1:0", undefined, called],
  ["us.meta.llama3-3-70b-instruct-v1:0", undefined, spoken],
  ["deepseek.v3-v1:0", { tool: { name } }, called],
  ["cohere.command-r-v1:0", undefined, called],
  ["qwen.qwen3-32b-v1:0", undefined, called],
  ["us.deepseek.r1-v1:0", undefined, spoken],
];

for (const transport of transports) {
  describe(`extract by a given schema over ${nameOf(transport)}`, () => {
    for (const [modelId, toolChoice, reply] of models) {
      it(`mends an answer of ${modelId} in a second request that Bedrock takes (${reply.name})`, async (test) => {
        const { pool, settings, emulator } = await openWire(test, transport, [
          reply([{ days: "three" }]),
          reply([{ days: 3 }]),
        ]);
        const model = pool.model({ ...settings, modelId });
        const { signal } = new AbortController();
        const own = { form: form(), system: "", input: "Three days.", model, signal, now: Date.now };
        const { value } = await extract({ ...own, repair: true });
        assert.deepEqual(value, [{ days: 3 }]);
        assert.deepEqual(
          emulator.requests.map(({ status, body }) => [status, Object(body).toolConfig?.toolChoice]),
          [
            [200, toolChoice],
            [200, toolChoice],
          ],
        );
        assert.match(JSON.stringify(emulator.requests[1]?.body), /0\.days: /);
      });
    }

    it("asks no third time, and tells what does not fit", async (test) => {
      const { pool, settings, emulator } = await openWire(test, transport, [called([]), called([{}])]);
      const { signal } = new AbortController();
      const own = { form: form(), system: "", input: "Hi", model: pool.model(settings), signal, now: Date.now };
      await assert.rejects(extract({ ...own, repair: true }), (error) => {
        assert.ok(error instanceof ExtractionFailed);
        assert.match(error.message, /0: .*"days"/);
        assert.deepEqual(JSON.parse(error.answer), { document: [{}] });
        return true;
      });
      assert.equal(emulator.requests.length, 2);
    });

    it("sends a throttled call again", async (test) => {
      const throttled = httpErrorReply(429, "ThrottlingException", "Too many requests");
      const { pool, settings, emulator } = await openWire(test, transport, [throttled, called([{ days: 1 }])]);
      const { signal } = new AbortController();
      const { value } = await extractWithRetries({
        ...{ form: form(), system: "", input: "Hi", model: pool.model(settings), signal },
        ...{ timing: systemTiming, retries: 2, longestWaitMs: 1 },
      });
      assert.deepEqual([value, emulator.requests.length], [[{ days: 1 }], 2]);
    });

    it("a chat's title is paid for as its turns are, and is not asked for beyond the cap", async (test) => {
      const usage = {
        inputTokens: 1_000,
        outputTokens: 100,
        totalTokens: 1_100,
        cacheReadInputTokens: 0,
        cacheWriteInputTokens: 0,
      };
      const title: Reply = { toolUses: [{ name: "name_chat", input: { title: "Retry delay" } }], usage };
      const hello: Reply = { text: "Hello", usage };
      for (const [perTurn, expected, requests] of [
        [2, "Retry delay", 2],
        [0.02, "Where is it?", 1],
      ] as const) {
        const { session, say, emulator, policy, pool, settings, events } = await openPaid(
          test,
          transport,
          [hello, title],
          { perTurn },
        );
        const modelId = settings.modelId;
        const model = policy.guardModel(pool.model(settings), { modelId, maxTokens: 1_024 });
        const modelFor = () => async () => model;
        const writer = new TitleWriter({ session, isOn: () => true, modelFor, timing: systemTiming });
        await say("Where is it?");
        await writer.settled();
        assert.deepEqual([session.chat.title, emulator.requests.length], [expected, requests]);
        const [turn] = session.chat.past;
        assert.equal(turn?.cost?.dollars.toFixed(4), (0.0045 * requests).toFixed(4));
        assert.equal(turn?.usage?.inputTokens, 1_000 * requests);
        assert.equal(events.at(-1)?.type, "title");
      }
    });
  });
}
