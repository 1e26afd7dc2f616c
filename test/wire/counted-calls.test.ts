import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RecordedRequest } from "../../src/emulator/emulator-server.ts";
import { openPaid } from "../support/paid-session.ts";
import { member, nameOf, transports, useOwnEnvironment, type Wire } from "../support/wire-call.ts";

useOwnEnvironment();
process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
process.env["AWS_SECRET_ACCESS_KEY"] = "test";

const replies = [{ text: "Fine." }];
/** Some 4,050 tokens as estimated, a quarter less as the emulator counts. */
const long = "word ".repeat(2_400);
/** With the answer's 0.01536: more than `long` costs as counted, and less than as estimated. */
const betweenDollars = 0.029;
/** What `long` costs as estimated, and not what it could. */
const enoughDollars = 0.035;

/** What was asked, in order. The count of what stays the same, which runs beside an answer, is left out. */
function asked({ emulator }: Wire): readonly string[] {
  return emulator.requests.filter((request) => !isBeside(request)).map(({ path }) => path.split("/").at(-1) ?? "");
}

function isBeside({ body }: RecordedRequest): boolean {
  return member(body, "input", "converse", "messages", 0, "content", 0, "text") === ".";
}

for (const transport of transports) {
  describe(`calls counted before they are sent over ${nameOf(transport)}`, { timeout: 60_000 }, () => {
    it("asks for no count where the caps are far away", async (test) => {
      const paid = await openPaid(test, transport, replies, { counts: true });
      assert.deepEqual(await paid.say(long), { kind: "completed" });
      assert.deepEqual(asked(paid), ["converse-stream"]);
    });

    it("sends what fits into the cap by the service's count, and reserves that", async (test) => {
      // Without usage the call counts at what was reserved.
      const events = [
        { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "Fine." } } },
        { event: "messageStop", payload: { stopReason: "end_turn" } },
      ];
      const paid = await openPaid(test, transport, [{ events }], { counts: true, perTurn: betweenDollars });
      assert.deepEqual(await paid.say(long), { kind: "completed" });
      assert.deepEqual(asked(paid), ["count-tokens", "converse-stream"]);
      const seen = member(paid.emulator.requests[0]?.body, "input", "converse");
      const counted = Math.ceil(JSON.stringify(seen).length / 4);
      assert.equal(paid.policy.spend.spent.turn.toFixed(8), ((counted * 3.75 + 1_024 * 15) / 1_000_000).toFixed(8));
    });

    it("pauses before what fits by the estimate alone", async (test) => {
      const paid = await openPaid(test, transport, replies, { counts: true, perTurn: 0.022 });
      const outcome = await paid.say("字".repeat(3_000));
      assert.equal(outcome?.kind === "paused" && outcome.pause.what, "dollars-per-turn");
      assert.deepEqual(asked(paid), ["count-tokens"]);
    });

    it("counts a request once, however often it is sent", async (test) => {
      const refused = { fault: { kind: "http-error" as const, status: 429 } };
      const options = { counts: true, perTurn: betweenDollars, retries: 3 };
      const paid = await openPaid(test, transport, [refused, refused, ...replies], options);
      assert.deepEqual(await paid.say(long), { kind: "completed" });
      assert.deepEqual(asked(paid), ["count-tokens", "converse-stream", "converse-stream", "converse-stream"]);
    });

    it("masks in what is counted what it masks in what is sent", async (test) => {
      const paid = await openPaid(test, transport, replies, { counts: true, perTurn: enoughDollars });
      await paid.say(`AKIAQ4XZ7MN2PLKD3RTV ${long}`);
      const [count, stream] = paid.emulator.requests;
      const text = (body: unknown, ...path: readonly string[]) =>
        member(body, ...path, "messages", 0, "content", 0, "text");
      assert.match(String(text(stream?.body)), /^(?!AKIA).* word /u);
      assert.equal(text(count?.body, "input", "converse"), text(stream?.body));
    });

    it("goes by the estimate where counting is not allowed, and asks no more", async (test) => {
      const paid = await openPaid(test, transport, replies, { counts: true, perTurn: enoughDollars });
      paid.emulator.setScript({ replies, repeatLast: true, deny: ["bedrock:CountTokens"] });
      const completed = { kind: "completed" };
      assert.deepEqual([await paid.say(long), await paid.say("And now?")], [completed, completed]);
      assert.deepEqual(asked(paid), ["count-tokens", "converse-stream", "converse-stream"]);
      assert.equal(paid.emulator.requests.filter(isBeside).length, 0);
    });

    it("goes by the estimate where no count comes in time", async (test) => {
      const paid = await openPaid(test, transport, replies, { counts: true, perTurn: enoughDollars });
      paid.emulator.setScript({ replies, hang: ["bedrock:CountTokens"] });
      assert.deepEqual(await paid.say(long), { kind: "completed" });
      assert.deepEqual(asked(paid), ["count-tokens", "converse-stream"]);
    });

    it("sends nothing where the turn is stopped while it is counted", async (test) => {
      const paid = await openPaid(test, transport, replies, { counts: true, perTurn: enoughDollars });
      paid.emulator.setScript({ replies, hang: ["bedrock:CountTokens"] });
      const outcome = paid.say(long);
      while (paid.emulator.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      paid.session.stop();
      assert.deepEqual(await outcome, { kind: "cancelled" });
      assert.deepEqual(asked(paid), ["count-tokens"]);
      assert.equal(paid.policy.spend.spent.turn, 0);
    });
  });
}
