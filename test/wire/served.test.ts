import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AnswererFacts } from "../../src/agent/answerer-facts.ts";
import type { Tool } from "../../src/agent/tool.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { textReply, toolsReply } from "../../src/emulator/replies.ts";
import { priceOf, savedOf } from "../../src/policy/budgets/price-of.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { setClock } from "../support/set-clock.ts";
import { modelId, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const minute = 60_000;
const system = "You look at things and say what you see. ".repeat(1_000);
const facts: AnswererFacts = {
  modelId,
  cacheTtl: "5m",
  thinking: "auto",
  savedOf: (usage) => savedOf(usage, priceOf(modelId)),
};

/** The last report of how the turns were served. */
function lastServed({ events }: WireTurns) {
  return events.findLast((event) => event.type === "served");
}

for (const transport of transports) {
  describe(`what the service tells over ${nameOf(transport)}`, () => {
    it("B7.123 the share that was read, what it saved and until when it is kept are told with each step", async (test) => {
      const clock = setClock();
      const answers = [textReply("One."), textReply("Two.")];
      const wire = await openWireTurns(test, transport, answers, {
        system,
        facts,
        now: clock.now,
        timing: clock.timing,
      });
      await wire.session.send({ text: "First", attachments: [] });
      assert.equal(lastServed(wire)?.cache?.share, 0);
      clock.advance(minute);
      await wire.session.send({ text: "Second", attachments: [] });
      const cache = lastServed(wire)?.cache ?? assert.fail("nothing was told");
      assert.ok(cache.share > 0.95, `${cache.share}`);
      assert.match(
        cache.detail,
        /^10,\d{3} tokens were read from the prompt cache and \d+ written to it, saving \$0\.03\.$/u,
      );
      assert.equal(cache.endsAt, clock.now() + 5 * minute);
      assert.deepEqual(wire.session.chat.past.at(-1)?.served, { cache, differences: [] });
    });

    it("B7.123 it is said which part broke the cache, and a second miss in a row warns, once", async (test) => {
      const clock = setClock();
      const tools: Tool[] = [answeringTool("look", "Seen.")];
      const wire = await openWireTurns(test, transport, () => textReply("Fine."), {
        ...{ system, facts, tools, now: clock.now, timing: clock.timing },
      });
      const say = async () => {
        await wire.session.send({ text: "Look", attachments: [] });
        return /could: (.*)\.$/u.exec(lastServed(wire)?.cache?.detail ?? "")?.[1];
      };
      assert.equal(await say(), undefined);
      clock.advance(5 * minute + 1);
      assert.equal(await say(), "more than 5 minutes passed");
      tools.push(answeringTool("seek", "Found."));
      assert.equal(await say(), "the tools changed");
      assert.equal(await say(), undefined);
      const notices = wire.events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
      assert.deepEqual(notices, [
        "Two requests in a row read little from the prompt cache, which costs more: the tools changed.",
      ]);
    });

    it("B7.119 a step with more blocks than Claude looks back over is read from the cache all the same", async (test) => {
      const tools = [answeringTool("look", "A line that was seen there.\n".repeat(40))];
      const calls = Array.from({ length: 24 }, (_, place) => ({ name: "look", input: { place } }));
      const answers = [toolsReply(calls), toolsReply(calls.slice(0, 1)), textReply("Done.")];
      const wire = await openWireTurns(test, transport, answers, { system, tools, facts });
      await wire.session.send({ text: "Look everywhere. ".repeat(1_500), attachments: [] });
      const reads = wire.events.flatMap((event) =>
        event.type === "step-end" ? [event.usage?.cacheReadInputTokens] : [],
      );
      const [, second = 0, third = 0] = reads;
      // The system prompt is 10,000 of them, the prompt 6,000.
      assert.ok(second > 15_000 && third > second + 5_000, JSON.stringify(reads));
    });

    it("B7.124 the tier and latency that were used are told, and where they are not those that were asked for", async (test) => {
      const request = { thinking: "auto", thinkingBudget: 0, promptCaching: "5m", serviceTier: "flex" } as const;
      const asked: Partial<BedrockSettings> = {
        modelId: "us.amazon.nova-pro-v1:0",
        request: { ...request, latency: "optimized" },
      };
      const told = { serviceTier: "default", latency: "standard" } as const;
      const used: AnswererFacts = { ...facts, cacheTtl: undefined, serviceTier: "flex", latency: "optimized" };
      for (const [reply, differences] of [
        [textReply("Fine.", told), ["service tier default, not flex", "latency standard, not optimized"]],
        [textReply("Fine."), ["service tier flex", "latency optimized"]],
      ] as const) {
        const wire = await openWireTurns(test, transport, [reply], { settings: asked, facts: used });
        await wire.session.send({ text: "Hi", attachments: [] });
        assert.deepEqual(lastServed(wire)?.differences, differences);
      }
    });
  });
}
