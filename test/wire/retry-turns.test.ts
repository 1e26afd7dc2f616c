import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { exceptionReply, faultyReply, httpErrorReply } from "../../src/emulator/replies.ts";
import type { ConverseRequest, Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { member, nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const hi = { text: "Hi", attachments: [] };
const calling: Reply = { toolUses: [{ name: "look", input: {}, toolUseId: "t1" }] };
const whole: Reply = { text: ["The ", "whole ", "answer."] };

/** The texts that the last turn shows. */
function shownTexts({ session }: WireTurns): readonly string[] {
  return (session.chat.past.at(-1)?.parts ?? []).flatMap((part) => (part.kind === "text" ? [part.text] : []));
}

/** Refuses a request for the first block that holds `text`, in Bedrock's words. */
function refusing(text: string, otherwise: () => Reply): Responder {
  return ({ request }) => {
    const place = findBlock(request, text);
    if (place === undefined) return otherwise();
    return httpErrorReply(400, "ValidationException", `The value at ${place} is invalid. Change it and try again.`);
  };
}

function findBlock({ messages = [] }: ConverseRequest, text: string): string | undefined {
  return messages
    .flatMap(({ content }, message) => content.map((block, index) => ({ block, message, index })))
    .filter(({ block }) => JSON.stringify(block).includes(text))
    .map(({ message, index }) => `messages.${message}.content.${index}`)[0];
}

for (const transport of transports) {
  const open = async (test: TestContext, script: Responder | readonly Reply[], found = "found it") => {
    const ran: string[] = [];
    const look = fakeTool("look", () => ({
      run: async () => {
        ran.push("look");
        return { content: [{ text: found }], title: "Looked" };
      },
    }));
    const turns = await openWireTurns(test, transport, script, { tools: [look], timing: fakeTiming() });
    return { ...turns, ran };
  };

  describe(`retries of a turn over ${nameOf(transport)}`, () => {
    it("B4.74 whatever an attempt had shown, the answer is shown once", async (test) => {
      const cuts: readonly (readonly Reply[])[] = [
        [{ ...whole, fault: { kind: "reset", afterEvents: 3 } }],
        [{ ...whole, fault: { kind: "truncate", afterEvents: 4 } }, faultyReply({ kind: "empty-body" })],
        [exceptionReply("internalServerException", "It broke.", 2), { ...whole, fault: { kind: "no-message-stop" } }],
        [{ ...whole, fault: { kind: "bad-checksum", afterEvents: 2 } }],
        [{ ...whole, stopReason: "malformed_model_output" }],
      ];
      for (const cut of cuts) {
        const turns = await open(test, [...cut, whole]);
        assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
        assert.deepEqual(shownTexts(turns), ["The whole answer."]);
        assert.deepEqual(turns.messages[1], { role: "assistant", content: [{ text: "The whole answer." }] });
      }
    });

    it("B4.56 a long turn that is throttled at every step goes on to its end", async (test) => {
      const throttled = httpErrorReply(429, "ThrottlingException", "Too many requests");
      const replies = Array.from({ length: 9 }, (_, step): readonly Reply[] => [
        throttled,
        throttled,
        { toolUses: [{ name: "look", input: { step }, toolUseId: `t${step}` }] },
      ]);
      const { session, ran, events } = await open(test, [...replies.flat(), throttled, whole]);
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.equal(ran.length, 9);
      assert.equal(events.filter(({ type }) => type === "retry-scheduled").length, 19);
    });

    it("B4.74 a prompt that is typed behind a broken answer goes behind what was shown of it", async (test) => {
      const cut: Reply = {
        text: "I write it.",
        toolUses: [{ name: "look", input: { a: "b".repeat(200) } }],
        fault: { kind: "reset", afterEvents: 12 },
      };
      const turns = await open(test, [cut, cut, cut, cut, whole]);
      const outcome = await turns.session.send(hi);
      assert.equal(outcome?.kind === "failed" && outcome.cutOff, true);
      assert.deepEqual(await turns.session.send({ text: "Go on", attachments: [] }), { kind: "completed" });
      assert.deepEqual(turns.messages.slice(0, 3), [
        { role: "user", content: [{ text: "Hi" }] },
        { role: "assistant", content: [{ text: "I write it." }] },
        {
          role: "user",
          content: [
            {
              text: "Your previous answer was cut off by a connection error; what follows is a new prompt. The call of look that you had begun did not happen.",
            },
            { text: "Go on" },
          ],
        },
      ]);
      assert.deepEqual(member(turns.emulator.requests.at(-1)?.body, "messages"), turns.messages.slice(0, 3));
      assert.equal(turns.session.chat.past.at(-1)?.prompt, "Go on");
    });

    it("B4.75 what fails behind a tool is sent again with the same results, and the tool does not run again", async (test) => {
      for (const fault of [
        httpErrorReply(503, "ServiceUnavailableException", "Down."),
        exceptionReply("throttlingException", "Slow down.", 2),
        faultyReply({ kind: "reset", afterEvents: 2 }),
      ]) {
        const { session, ran, emulator, messages } = await open(test, [calling, fault, whole]);
        assert.deepEqual(await session.send(hi), { kind: "completed" });
        assert.deepEqual(ran, ["look"]);
        assert.deepEqual(emulator.requests[2]?.body, emulator.requests[1]?.body);
        assert.equal(messages.length, 4);
      }
    });

    it("B4.60 what the user asks now is never left out: the turn fails with the place named", async (test) => {
      const turns = await open(
        test,
        refusing("odd text", () => whole),
      );
      const outcome = await turns.session.send({ text: "An odd text", attachments: [] });
      assert.ok(outcome?.kind === "failed");
      assert.match(outcome.error.message, /^Bedrock refused the request at messages\.0\.content\.0 \(/);
      assert.deepEqual([turns.emulator.requests.length, turns.session.chat.withheld], [1, []]);
    });

    it("B4.60 the named block is left out, once and for the whole session, and the user is told", async (test) => {
      const turns = await open(
        test,
        refusing("odd text", () => whole),
      );
      const { session, emulator, events } = turns;
      assert.equal((await session.send({ text: "An odd text", attachments: [] }))?.kind, "failed");
      assert.deepEqual(await session.send({ text: "Something else", attachments: [] }), { kind: "completed" });
      assert.equal(emulator.requests.length, 3);
      assert.deepEqual(session.chat.withheld, [{ message: 0, block: 0, reason: "refused" }]);
      assert.deepEqual(
        events.flatMap((event) => (event.type === "notice" ? [event.text] : [])),
        [
          "Bedrock refused part of the conversation: a text. It is left out of what is sent from now on, and the request was sent again.",
        ],
      );
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.deepEqual(
        emulator.requests.map(({ body }) => JSON.stringify(body).includes("odd text")),
        [true, true, false, false],
      );
    });

    it("B4.60 a refused result of a tool keeps its place beside its call", async (test) => {
      let calls = 0;
      const script = refusing("odd result", () => (++calls === 1 ? calling : whole));
      const { session, ran, messages } = await open(test, script, "an odd result");
      assert.deepEqual(await session.send(hi), { kind: "completed" });
      assert.deepEqual(ran, ["look"]);
      assert.deepEqual(session.chat.withheld, [{ message: 2, block: 0, reason: "refused" }]);
      assert.deepEqual(messages[2]?.content?.[0]?.toolResult?.content, [{ text: "an odd result" }]);
    });

    it("B4.60 a request is repaired once at most, and never sent again unchanged", async (test) => {
      const always = await open(test, [
        whole,
        ...Array.from({ length: 3 }, () =>
          httpErrorReply(400, "ValidationException", "The value at messages.0.content.0 is invalid."),
        ),
      ]);
      await always.session.send(hi);
      assert.equal((await always.session.send(hi))?.kind, "failed");
      const bodies = always.emulator.requests.map(({ body }) => JSON.stringify(body));
      assert.deepEqual([bodies.length, new Set(bodies).size], [3, 3]);
      for (const text of ["The value at messages.7.content.0 is invalid.", "The request is invalid."]) {
        const { session, emulator } = await open(test, [httpErrorReply(400, "ValidationException", text), whole]);
        assert.equal((await session.send(hi))?.kind, "failed");
        assert.equal(emulator.requests.length, 1);
        assert.deepEqual(session.chat.withheld, []);
      }
    });
  });
}
