import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { createScriptResponder } from "../../src/emulator/script-responder.ts";
import { parseScript, type Script } from "../../src/emulator/script-schema.ts";
import type { GuardrailFinding } from "../../src/protocol/guardrail.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { shownParts } from "../support/shown-parts.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const asking = { text: "Tell me of the Swordfish.", attachments: [] };
const another = { text: "Tell me of trout.", attachments: [] };
const note = "[A guardrail blocked this part. It is left out.]";

function word(side: GuardrailFinding["side"]): GuardrailFinding {
  return { side, policy: "word", name: "swordfish", match: "swordfish" };
}

function bodies({ emulator }: WireTurns): readonly string[] {
  return emulator.requests.map(({ body }) => JSON.stringify(body));
}

for (const transport of transports) {
  /** A session before a model behind a guardrail that blocks one word. */
  const open = async (
    test: TestContext,
    script: Pick<Script, "replies">,
    guardrail: Partial<Script["guardrail"]> = {},
  ) => {
    const responder = createScriptResponder(
      parseScript({ ...script, guardrail: { blockedWords: ["swordfish"], ...guardrail } }),
    );
    const look = fakeTool("look", () => ({
      run: async () => ({ content: [{ text: "a swordfish was here" }], title: "Looked" }),
    }));
    const burn = fakeTool("burn", () => ({ run: () => assert.fail("was run") }));
    return openWireTurns(test, transport, responder, { tools: [look, burn], timing: fakeTiming() });
  };

  describe(`a guardrail over ${nameOf(transport)}`, () => {
    it("B3.48 a blocked prompt says which policy fired on what, stays on the screen, and is not sent again", async (test) => {
      const turns = await open(test, { replies: [{ text: "Trout swim." }] });
      const { session, messages } = turns;
      assert.deepEqual(await session.send(asking), {
        kind: "stopped",
        stopReason: "guardrail_intervened",
        guardrail: { blocked: true, findings: [word("input")] },
      });
      assert.deepEqual(shownParts(session.chat), [
        [1, "The guardrail blocked your prompt."],
        [1, "The guardrail blocked one part of the conversation: a text. It is left out of what is sent from now on."],
      ]);
      assert.equal(session.chat.past[0]?.prompt, asking.text);
      assert.deepEqual(await session.send(another), { kind: "completed" });
      assert.deepEqual(
        bodies(turns).map((body) => [body.includes("Swordfish"), body.includes(note)]),
        [
          [true, false],
          [false, true],
        ],
      );
      assert.deepEqual(messages[0], { role: "user", content: [{ text: asking.text }] });
      assert.deepEqual(messages[3], { role: "assistant", content: [{ text: "Trout swim." }] });
    });

    it("B3.48 the result of a tool that is blocked is left out, and its call keeps a result", async (test) => {
      const calling = { toolUses: [{ name: "look", input: {}, toolUseId: "t1" }] };
      const turns = await open(test, { replies: [calling, { text: "Trout swim." }] });
      const { session } = turns;
      assert.equal((await session.send(another))?.kind, "stopped");
      assert.deepEqual(session.chat.withheld, [{ message: 2, block: 0, reason: "guardrail" }]);
      assert.deepEqual(await session.send(another), { kind: "completed" });
      assert.ok(!bodies(turns).at(-1)?.includes("swordfish"));
    });

    it("B3.48 without a trace the newest message is left out, so that the chat can go on", async (test) => {
      const turns = await open(test, { replies: [{ text: "Trout swim." }] }, { trace: false });
      const { session } = turns;
      assert.deepEqual(await session.send(asking), { kind: "stopped", stopReason: "guardrail_intervened" });
      assert.deepEqual(await session.send(another), { kind: "completed" });
    });

    it("B3.48 the calls of a blocked answer are not run and not sent back", async (test) => {
      const blocked = { text: "A swordfish!", toolUses: [{ name: "burn", input: {}, toolUseId: "t1" }] };
      const turns = await open(test, { replies: [blocked, { text: "Trout swim." }] });
      const { session, messages } = turns;
      const outcome = await session.send(another);
      assert.deepEqual(outcome?.kind === "stopped" && outcome.guardrail?.findings, [word("output")]);
      assert.deepEqual(messages.slice(1), [
        { role: "assistant", content: [{ text: "The guardrail blocked this answer." }] },
      ]);
      assert.deepEqual(await session.send(another), { kind: "completed" });
    });

    it("B3.48 a half written call of an answer at which a guardrail intervened is not run", async (test) => {
      const events = [
        { event: "messageStart", payload: { role: "assistant" } },
        {
          event: "contentBlockStart",
          payload: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "t1", name: "burn" } } },
        },
        { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { toolUse: { input: '{"a":1}' } } } },
        { event: "contentBlockStop", payload: { contentBlockIndex: 0 } },
        { event: "messageStop", payload: { stopReason: "guardrail_intervened" } },
      ];
      const { session } = await open(test, { replies: [{ events }, { text: "Trout swim." }] });
      assert.deepEqual(await session.send(another), { kind: "stopped", stopReason: "guardrail_intervened" });
      assert.deepEqual(await session.send(another), { kind: "completed" });
    });

    it("B3.49 what was shown of an answer that is blocked behind it gives way to the guardrail's words", async (test) => {
      const turns = await open(
        test,
        { replies: [{ text: ["The ", "swordfish ", "swims."] }, { text: "Trout swim." }] },
        { mode: "async" },
      );
      const { session, events, messages } = turns;
      assert.equal((await session.send(another))?.kind, "stopped");
      assert.ok(events.some((event) => event.type === "text-delta" && event.text === "swordfish "));
      assert.deepEqual(shownParts(session.chat), [[1, "The guardrail blocked this answer."]]);
      assert.deepEqual(messages[1], { role: "assistant", content: [{ text: "The guardrail blocked this answer." }] });
      assert.deepEqual(await session.send(another), { kind: "completed" });
      assert.ok(!bodies(turns).at(-1)?.includes("swordfish"));
    });

    it("B3.49 without a trace nothing of the answer is sent again", async (test) => {
      const turns = await open(
        test,
        { replies: [{ text: "A swordfish!" }, { text: "Trout swim." }] },
        { mode: "async", trace: false },
      );
      assert.equal((await turns.session.send(another))?.kind, "stopped");
      assert.deepEqual(await turns.session.send(another), { kind: "completed" });
      assert.ok(!bodies(turns).at(-1)?.includes("swordfish"));
    });
  });
}
