import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import { defineTool } from "../../src/agent/tool.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { member, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const hi = { text: "Hi", attachments: [] };
const prompt: Message = { role: "user", content: [{ text: "Hi" }] };
const whole: Reply = { text: "Whole." };
const answer: Message = { role: "assistant", content: [{ text: "Whole." }] };
const calling: Reply = { toolUses: [{ name: "look", input: { at: 1 }, toolUseId: "t1" }] };
const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

for (const transport of transports) {
  const open = async (test: TestContext, replies: readonly Reply[]) => {
    const ran: string[] = [];
    const look = fakeTool("look", () => ({
      run: async () => {
        ran.push("look");
        return { content: [{ text: "found it" }], title: "Looked" };
      },
    }));
    const count = defineTool({
      name: "count",
      description: "Counts.",
      input: z.strictObject({ to: z.number() }),
      effect: "read",
      limits: [],
      streamingTitle: "Counting",
      prepare: () => assert.fail("was prepared"),
    });
    const turns = await openWireTurns(test, transport, replies, { tools: [look, count], timing: fakeTiming() });
    return { ...turns, ran };
  };

  describe(`answers that are none over ${nameOf(transport)}`, () => {
    for (const [what, text] of [
      ["nothing", ""],
      ["blank text", " \n\n"],
    ] as const) {
      it(`B3.51 an answer of ${what} is no answer: it is told, and can be asked for again`, async (test) => {
        const empty: Reply = {
          events: [
            { event: "messageStart", payload: { role: "assistant" } },
            { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text } } },
            { event: "contentBlockStop", payload: { contentBlockIndex: 0 } },
            { event: "messageStop", payload: { stopReason: "end_turn" } },
          ],
        };
        const { session, emulator, messages } = await open(test, [calling, empty, whole]);
        const outcome = await session.send(hi);
        assert.ok(outcome?.kind === "failed");
        assert.equal(outcome.error.message, "The model ended its answer without saying anything.");
        assert.deepEqual([outcome.error.actions.includes("retry"), outcome.cutOff], [true, false]);
        assert.deepEqual([emulator.requests.length, messages.length], [2, 3]);
        assert.deepEqual(await session.resume(), { kind: "completed" });
        assert.deepEqual(emulator.requests[2]?.body, emulator.requests[1]?.body);
        assert.deepEqual(messages[3], answer);
      });
    }

    it("B2.37 what comes behind messageStop is no part of the message, and counted", async (test) => {
      const open1 = { contentBlockIndex: 1, start: { toolUse: { toolUseId: "t9", name: "look" } } };
      const late: Reply = {
        events: [
          { event: "messageStart", payload: { role: "assistant" } },
          { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "Whole." } } },
          { event: "messageStop", payload: { stopReason: "end_turn" } },
          { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "More." } } },
          { event: "contentBlockStart", payload: open1 },
          { event: "contentBlockDelta", payload: { contentBlockIndex: 1, delta: { toolUse: { input: "{}" } } } },
          { event: "messageStop", payload: { stopReason: "tool_use" } },
          { event: "metadata", payload: { usage, metrics: { latencyMs: 1 } } },
        ],
      };
      const { session, ran, messages } = await open(test, [late, whole]);
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.deepEqual(messages, [prompt, answer]);
      assert.deepEqual(ran, []);
      assert.deepEqual(session.chat.past[0]?.usage?.inputTokens, 10);
    });

    it("B2.37 a call whose block never ended runs only where its input is whole", async (test) => {
      const unclosed = (input: string): Reply => ({
        events: [
          { event: "messageStart", payload: { role: "assistant" } },
          {
            event: "contentBlockStart",
            payload: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "t1", name: "look" } } },
          },
          { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { toolUse: { input } } } },
          { event: "messageStop", payload: { stopReason: "tool_use" } },
        ],
      });
      for (const [input, runs] of [
        ['{"at":1}', 1],
        ['{"at":', 0],
        ["", 0],
      ] as const) {
        const { session, ran, messages } = await open(test, [unclosed(input), whole]);
        assert.deepEqual(await session.send(hi), { kind: "completed" });
        assert.equal(ran.length, runs, input);
        assert.equal(messages[2]?.content?.[0]?.toolResult?.status, runs === 1 ? "success" : "error");
      }
    });

    it("B3.47 a malformed call is asked for again with what was wrong with it", async (test) => {
      const malformed: Reply = {
        toolUses: [
          { name: "look", inputFragments: ['{"at":'], toolUseId: "t1" },
          { name: "count", input: { to: "ten" }, toolUseId: "t2" },
        ],
        stopReason: "malformed_tool_use",
      };
      const { session, emulator, ran, messages } = await open(test, [malformed, whole]);
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      const asked = String(member(emulator.requests[1]?.body, "messages", 0, "content", 1, "text"));
      assert.match(asked, /^look: The input is not valid JSON: /m);
      assert.match(asked, /^count: E_SCHEMA The input of count is not valid\.\n.*expected number, received string/m);
      assert.deepEqual([ran, messages], [[], [prompt, answer]]);
    });
  });
}
