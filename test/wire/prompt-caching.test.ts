import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { RequestSettings } from "../../src/agent/request-settings.ts";
import { textReply, toolReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { addUsage, noUsage, promptTokens, type TokenUsage } from "../../src/protocol/token-usage.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { nameOf, type Transport, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const steps = 30;
const system = "You look at things and say what you see. ".repeat(500);
const found = "A line of what was found, as long as lines are.\n".repeat(60);
const tools = ["look", "seek"].map((name) => answeringTool(name, found));
const request: RequestSettings = { thinking: "budget", thinkingBudget: 2_048, promptCaching: "5m" };

/** Thirty steps with a call each, thinking before it, and an answer. */
const replies: readonly Reply[] = [
  ...Array.from({ length: steps - 1 }, (_, step) =>
    toolReply(step % 2 === 0 ? "look" : "seek", { place: step }, { reasoning: { text: `Step ${step}.` } }),
  ),
  textReply("Done."),
];

/** One turn of thirty steps; the bodies as the server received them, and the usage of each step as it counted. */
async function longTurn(test: TestContext, transport: Transport, modelId: string, own: Partial<RequestSettings> = {}) {
  const wire = await openWireTurns(test, transport, replies, {
    settings: { modelId, maxTokens: 4_096, request: { ...request, ...own } },
    tools,
    system,
    maxSteps: steps,
  });
  assert.deepEqual(await wire.session.send({ text: "Look everywhere.", attachments: [] }), { kind: "completed" });
  const usages = wire.events.flatMap((event): readonly TokenUsage[] =>
    event.type === "step-end" && event.usage !== null ? [event.usage] : [],
  );
  assert.equal(usages.length, steps);
  return { bodies: wire.emulator.requests.map(({ text }) => text), usages };
}

const point = /,\{"cachePoint":\{"type":"default"(?:,"ttl":"1h")?\}\}/gu;

/** The bytes of the messages up to the last cache point, and of all that follows the messages, without cache points. */
function cachedBytes(body: string): { readonly messages: string; readonly rest: string } {
  const end = body.lastIndexOf('],"system":');
  const messages = body.slice(0, end);
  const last = [...messages.matchAll(point)].at(-1)?.index ?? assert.fail("no message is marked");
  return { messages: messages.slice(0, last).replace(point, ""), rest: body.slice(end) };
}

const models = {
  "a budget": "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "adaptive thinking": "global.anthropic.claude-sonnet-4-6-v1",
  "thinking by default": "global.anthropic.claude-opus-5",
};

for (const transport of transports) {
  describe(`prompt caching over ${nameOf(transport)}`, () => {
    for (const [how, modelId] of Object.entries(models)) {
      it(`B7.121 each of ${steps} requests begins with the bytes of the one before, with ${how}`, async (test) => {
        const { bodies } = await longTurn(test, transport, modelId);
        assert.equal(bodies.length, steps);
        for (const [index, body] of bodies.entries()) {
          const before = bodies[index - 1];
          if (before === undefined) continue;
          const [old, own] = [cachedBytes(before), cachedBytes(body)];
          assert.ok(own.messages.startsWith(old.messages), `request ${index + 1} changes what was cached`);
          assert.ok(own.messages.length > old.messages.length);
          assert.equal(own.rest, old.rest);
        }
      });

      it(`B7.123 of a turn of ${steps} steps more than 85 % of the prompt is read from the cache, with ${how}`, async (test) => {
        const { usages } = await longTurn(test, transport, modelId);
        const sum = usages.reduce(addUsage, noUsage);
        const share = sum.cacheReadInputTokens / promptTokens(sum);
        test.diagnostic(`${modelId}: ${(share * 100).toFixed(1)} % of ${promptTokens(sum)} prompt tokens`);
        assert.ok(share > 0.85, `${share}`);
        assert.ok(usages.slice(1).every(({ cacheReadInputTokens }) => cacheReadInputTokens > 0));
      });
    }

    it("B7.118 B7.119 no request of a long turn has more than four cache points, each behind content", async (test) => {
      const { bodies } = await longTurn(test, transport, models["a budget"]);
      for (const body of bodies) {
        const count = [...body.matchAll(/"cachePoint"/gu)].length;
        assert.equal(count, [...body.matchAll(point)].length, "one stands first");
        assert.ok(count >= 2 && count <= 4, `${count} cache points`);
      }
    });

    it("B7.119 Nova's cache points are in the system prompt and in prompts, and nowhere beside tools", async (test) => {
      const { bodies, usages } = await longTurn(test, transport, "us.amazon.nova-pro-v1:0");
      for (const body of bodies) {
        assert.equal([...body.matchAll(point)].length, 2);
        assert.match(body, /"Look everywhere\."\},\{"cachePoint":\{"type":"default"\}\}\]/u);
        assert.match(body, /"system":\[\{"text":"[^"]*"\},\{"cachePoint":\{"type":"default"\}\}\]/u);
      }
      assert.ok(usages.slice(1).every(({ cacheReadInputTokens }) => cacheReadInputTokens > 2_000));
    });

    it("B7.120 points of an hour go to models that keep them, all alike; others get those of 5 minutes", async (test) => {
      const long = await longTurn(test, transport, models["a budget"], { promptCaching: "1h" });
      assert.ok(long.bodies.every((body) => [...body.matchAll(point)].every(([text]) => text.includes('"ttl":"1h"'))));
      assert.ok(long.usages.every(({ cacheWriteInputTokens }) => cacheWriteInputTokens > 0));
      const short = await longTurn(test, transport, "us.anthropic.claude-sonnet-4-20250514-v1:0", {
        promptCaching: "1h",
      });
      assert.ok(short.bodies.every((body) => !body.includes("ttl") && body.includes("cachePoint")));
    });

    it("B7.122 nothing is marked where the prompt is short, caching is off or the model does not cache", async (test) => {
      const cases = [
        { modelId: models["a budget"], text: "Be brief.", own: {} },
        { modelId: models["a budget"], text: system, own: { promptCaching: "off" as const } },
        { modelId: "us.meta.llama3-3-70b-instruct-v1:0", text: system, own: {} },
      ];
      for (const { modelId, text, own } of cases) {
        const settings = { modelId, request: { ...request, ...own } };
        const wire = await openWireTurns(test, transport, [textReply("Fine.")], { settings, tools, system: text });
        await wire.session.send({ text: "Look.", attachments: [] });
        assert.equal(wire.emulator.requests[0]?.status, 200);
        assert.ok(!wire.emulator.requests[0]?.text.includes("cachePoint"));
      }
    });
  });
}
