import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { TurnSettings } from "../../src/chat/turn-runner.ts";
import { exceptionReply, httpErrorReply, textReply, toolReply } from "../../src/emulator/replies.ts";
import type { ConverseCall, Responder } from "../../src/emulator/responder.ts";
import { createScriptResponder } from "../../src/emulator/script-responder.ts";
import { parseScript, type Reply } from "../../src/emulator/script-schema.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns, type WireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const say = (text: string) => ({ text, attachments: [] });
const tooLong = "Input is too long for requested model.";
const overflows: readonly (readonly [name: string, reply: Reply])[] = [
  ["a refusal", httpErrorReply(400, "ValidationException", tooLong)],
  ["a frame of the stream", exceptionReply("validationException", tooLong, 1)],
];

/** Throttling whose text could be taken for an overflow. */
const perMinute = "Too many tokens: prompt is too long: 30000 tokens > 20000 maximum per minute";
const throttles: readonly (readonly [name: string, reply: Reply])[] = [
  ["ThrottlingException", httpErrorReply(429, "ThrottlingException", perMinute)],
  ["429 without a name", { fault: { kind: "http-error", status: 429, message: perMinute } }],
  ["a frame of the stream", exceptionReply("throttlingException", perMinute, 1)],
];

function isSummaryRequest({ request }: Pick<ConverseCall, "request">): boolean {
  return JSON.stringify(request.messages?.at(-1)).includes("Write that summary now");
}

/** What was asked, in order: for a summary, or for an answer. */
function asked({ emulator }: WireTurns): readonly string[] {
  return bodies(emulator).map((body) => (body.includes("Write that summary now") ? "summary" : "answer"));
}

function bodies(emulator: WireTurns["emulator"]): readonly string[] {
  return emulator.requests.map(({ body }) => JSON.stringify(body));
}

function compactions({ events }: WireTurns): readonly string[] {
  return events.flatMap((event) => (event.type === "compaction" ? [event.compaction.kind] : []));
}

/** What the model is known to take, in tokens. */
function limit({ pool, settings }: WireTurns): number | undefined {
  return pool.model(settings).capabilities.maxima.contextTokens;
}

/** Refuses the first requests for answers as too long once the conversation has begun, and writes a summary when asked. */
function overflowing(refused: Reply, times: number): Responder {
  let answers = 0;
  return (call) => {
    if (isSummaryRequest(call)) return textReply("They said hello.");
    answers++;
    return answers > 1 && answers <= 1 + times ? refused : textReply(`Answer ${answers}.`);
  };
}

for (const transport of transports) {
  const open = (
    test: TestContext,
    script: Responder | readonly Reply[],
    compaction: TurnSettings["compaction"] = "automatic",
    timing = fakeTiming(),
  ): Promise<WireTurns> =>
    openWireTurns(test, transport, script, { timing, compaction, tools: [answeringTool("look", "an odd result")] });

  describe(`conversations that are too long over ${nameOf(transport)}`, { timeout: 60_000 }, () => {
    for (const [name, reply] of overflows) {
      it(`B4.61 after ${name} the conversation is made shorter and sent once more, without a wait`, async (test) => {
        const timing = fakeTiming();
        const turns = await open(test, overflowing(reply, 1), "automatic", timing);
        await turns.session.send(say("Hello there."));
        assert.deepEqual(await turns.session.send(say("Go on.")), { kind: "completed" });
        assert.deepEqual(asked(turns), ["answer", "answer", "summary", "answer"]);
        assert.deepEqual(compactions(turns), ["summary"]);
        const [, refused, , again] = bodies(turns.emulator);
        assert.ok(refused?.includes("Hello there.") && !again?.includes("Hello there."));
        assert.ok(again?.includes("They said hello.") && again.includes("Go on."));
        assert.deepEqual(timing.waits, []);
      });

      it(`B4.61 after ${name} that no shortening helps against, nothing is sent a third time`, async (test) => {
        const turns = await open(test, overflowing(reply, 10));
        await turns.session.send(say("Hello there."));
        const outcome = await turns.session.send(say("Go on."));
        assert.equal(outcome?.kind === "failed" && outcome.error.kind, "context_overflow");
        assert.deepEqual(asked(turns), ["answer", "answer", "summary", "answer"]);
      });

      it(`B4.61 after ${name} nothing is made shorter where the user has set it so`, async (test) => {
        const turns = await open(test, overflowing(reply, 1), "off");
        await turns.session.send(say("Hello there."));
        const outcome = await turns.session.send(say("Go on."));
        assert.equal(outcome?.kind === "failed" && outcome.error.kind, "context_overflow");
        assert.deepEqual([asked(turns), compactions(turns)], [["answer", "answer"], []]);
      });
    }

    for (const [name, reply] of throttles) {
      it(`B4.62 ${name} with the words of an overflow is throttling: it waits and sends the same again`, async (test) => {
        const timing = fakeTiming();
        const turns = await open(test, [textReply("Hello."), reply, textReply("Better.")], "automatic", timing);
        const before = limit(turns);
        await turns.session.send(say("Hello there."));
        assert.deepEqual(await turns.session.send(say("Go on.")), { kind: "completed" });
        const retried = turns.events.flatMap((event) => (event.type === "retry-scheduled" ? [event.error.kind] : []));
        assert.deepEqual([retried, compactions(turns), timing.waits], [["throttled"], [], [1_500]]);
        assert.deepEqual(turns.emulator.requests[2]?.body, turns.emulator.requests[1]?.body);
        assert.equal(limit(turns), before);
      });
    }

    it("B4.60 what the service refused is in no request for a summary", async (test) => {
      let isFull = false;
      let calls = 0;
      const turns = await open(test, (call) => {
        if (isSummaryRequest(call)) return textReply("They looked.");
        const text = JSON.stringify(call.request);
        if (text.includes("odd result"))
          return httpErrorReply(400, "ValidationException", "messages.2.content.0 is bad.");
        if (isFull && !text.includes("They looked.")) return httpErrorReply(400, "ValidationException", tooLong);
        return calls++ === 0 ? toolReply("look", {}) : textReply("Fine.");
      });
      assert.deepEqual(await turns.session.send(say("Look around.")), { kind: "completed" });
      isFull = true;
      assert.deepEqual(await turns.session.send(say("And now?")), { kind: "completed" });
      assert.deepEqual(asked(turns), ["answer", "answer", "answer", "answer", "summary", "answer"]);
      assert.deepEqual(
        bodies(turns.emulator).map((body) => body.includes("odd result")),
        [false, true, false, false, false, false],
      );
    });

    it("B3.48 what a guardrail blocked is in no request for a summary", async (test) => {
      const guarded = createScriptResponder(
        parseScript({
          guardrail: { blockedWords: ["swordfish"] },
          replies: [{ text: "Trout swim." }],
          repeatLast: true,
        }),
      );
      let isFull = false;
      const turns = await open(test, (call) => {
        if (isSummaryRequest(call)) return textReply("They spoke of fish.");
        const isShort = JSON.stringify(call.request).includes("They spoke of fish.");
        return isFull && !isShort ? httpErrorReply(400, "ValidationException", tooLong) : guarded(call);
      });
      assert.equal((await turns.session.send(say("Tell me of the swordfish.")))?.kind, "stopped");
      assert.deepEqual(await turns.session.send(say("Tell me of trout.")), { kind: "completed" });
      isFull = true;
      assert.deepEqual(await turns.session.send(say("And of eels.")), { kind: "completed" });
      assert.deepEqual(asked(turns), ["answer", "answer", "answer", "summary", "answer"]);
      assert.deepEqual(
        bodies(turns.emulator).map((body) => body.includes("swordfish")),
        [true, false, false, false, false],
      );
    });
  });
}
