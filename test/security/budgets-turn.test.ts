import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { restoreSession } from "../../src/chat/restore-session.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { modelError, type ReplyPart, untilStopped, usage } from "../support/scripted-model.ts";
import { calls, resultsIn, type ScriptedCall, says, sessionScene } from "./session-scene.ts";

const priced = { modelId: "global.anthropic.claude-sonnet-4-5-20250929-v1:0", maxTokens: 40_000 };
const read = (path: string): ScriptedCall => ({ tool: "read_file", input: { path } });
const reads = (count: number): readonly (readonly ReplyPart[])[] =>
  Array.from({ length: count }, (_, at) => calls({ tool: "count", input: { at }, id: `r${at}` }));
const counting = fakeTool("count", () => ({ run: async () => ({ content: [{ text: "1" }], title: "Counted" }) }));

describe("a turn that goes round in circles", () => {
  it("M01 the third same call is warned of in its result, the fifth pauses the turn, and only the user lifts it", async (test) => {
    const scene = await sessionScene(test, [...Array.from({ length: 6 }, () => calls(read("a.txt"))), says()]);
    await writeFile(join(scene.ws, "a.txt"), "a\n");
    const outcome = await scene.send();
    assert.deepEqual(outcome?.kind === "paused" && [outcome.pause.code, outcome.pause.what], ["E_LOOP", "repetition"]);
    assert.equal(scene.model.requests.length, 5);
    const warning = "\nread_file was called 3 times with the same input; its result is the same.";
    assert.deepEqual(
      resultsIn(scene.model.requests[4]).map(([, text]) => text.includes(warning)),
      [false, false, true, false],
    );
    assert.equal(await scene.session.resume("panel"), undefined);
    assert.equal(await scene.session.compact(), undefined);
    assert.equal(await scene.session.continue(), undefined);
    assert.equal(scene.model.requests.length, 5);
    assert.deepEqual(await scene.session.resume("user"), { kind: "completed" });
    const results = resultsIn(scene.model.requests[5]);
    assert.deepEqual([results.length, results[4]?.[0], results[4]?.[1].startsWith("E_LOOP: ")], [5, "error", true]);
  });

  it("M01 calls that cannot be judged are counted as well", async (test) => {
    const broken = calls({ tool: "no_such_tool", input: {} });
    const scene = await sessionScene(test, [broken, broken, broken, broken, broken, says()]);
    const outcome = await scene.send();
    assert.equal(outcome?.kind === "paused" && outcome.pause.what, "repetition");
    assert.equal(scene.entries.length, 5);
  });

  it("M02 two calls in turn, and an edit that keeps failing with small changes, pause the turn", async (test) => {
    const alternating = Array.from({ length: 10 }, (_, at) => calls(read(at % 2 === 0 ? "a.txt" : "b.txt")));
    const cycle = await sessionScene(test, alternating);
    await writeFile(join(cycle.ws, "a.txt"), "a\n");
    await writeFile(join(cycle.ws, "b.txt"), "b\n");
    const first = await cycle.send();
    assert.equal(first?.kind === "paused" && first.pause.what, "cycle");
    const edits = Array.from({ length: 9 }, (_, at) => {
      const input = { path: "a.txt", old_text: `missing${" ".repeat(at)}`, new_text: "x" };
      return calls({ tool: "edit_file", input });
    });
    const failing = await sessionScene(test, edits);
    await writeFile(join(failing.ws, "a.txt"), "a\n");
    const second = await failing.send();
    assert.equal(second?.kind === "paused" && second.pause.what, "failing-edit");
    assert.equal(failing.model.requests.length, 5);
  });
});

describe("a turn that uses up what it may", () => {
  it("M03 after 25 model calls nothing more is sent until it is told to go on", async (test) => {
    const scene = await sessionScene(test, [...reads(26), says()], { tools: [counting], maxSteps: 25 });
    assert.deepEqual(await scene.send(), { kind: "step-limit", steps: 25 });
    assert.equal(scene.model.requests.length, 25);
    assert.equal(scene.session.isRunning, false);
    assert.deepEqual(await scene.session.resume("user"), { kind: "completed" });
    assert.equal(scene.model.requests.length, 27);
  });

  it("M04 a call whose worst case passes the turn's cap is not sent; only the user's answer in a dialog lifts it", async (test) => {
    const scene = await sessionScene(test, [says("First."), says("Second.")], { priced, spend: { perTurn: 0.1 } });
    const outcome = await scene.send();
    assert.deepEqual(outcome?.kind === "paused" && [outcome.pause.code, outcome.pause.what], [
      "E_BUDGET",
      "dollars-per-turn",
    ]);
    assert.deepEqual(scene.model.requests, []);
    for (const again of [() => scene.session.resume(), () => scene.session.compact(), () => scene.session.continue()]) {
      assert.equal(await again(), undefined);
    }
    assert.deepEqual(scene.model.requests, []);
    assert.deepEqual(await scene.session.resume("user"), { kind: "completed" });
    assert.equal(scene.model.requests.length, 1);
    const next = await scene.send("another turn has the cap that was set");
    assert.equal(next?.kind === "paused" && next.pause.what, "dollars-per-turn");
    assert.equal(scene.model.requests.length, 1);
  });

  it("M04 the session's and the day's caps hold across turns", async (test) => {
    for (const [cap, what] of [
      [{ perSession: 0.7 }, "dollars-per-session"],
      [{ perDay: 0.7 }, "dollars-per-day"],
    ] as const) {
      // Without usage each answer counts at its worst case, 0.60 dollars.
      const scene = await sessionScene(test, [says("1"), says("2")], { priced, spend: cap });
      assert.deepEqual(await scene.send("one"), { kind: "completed" });
      const outcome = await scene.send("two");
      assert.equal(outcome?.kind === "paused" && outcome.pause.what, what);
      assert.equal(scene.model.requests.length, 1);
    }
  });

  const answers: readonly (readonly [string, readonly ConverseStreamOutput[]])[] = [
    ["absent", []],
    ["negative", [usage(-5, 10)]],
    ["no number", [usage(Number.NaN, 10)]],
    ["empty", [{ metadata: { usage: undefined, metrics: { latencyMs: 1 } } }]],
  ];
  for (const [what, metadata] of answers) {
    it(`M05 usage that is ${what} counts at the worst case, and the record says what was counted`, async (test) => {
      const scene = await sessionScene(test, [[...says(), ...metadata]], { priced });
      await scene.send();
      const costs = scene.entries.flatMap((entry) => (entry.event === "cost" ? [entry.cost] : []));
      assert.deepEqual(costs, [scene.policy.spend.spent.turn]);
      assert.ok((costs[0] ?? 0) >= 0.6 && (costs[0] ?? 0) < 0.65, `${costs[0]}`);
    });
  }

  it("M05 sound usage counts as what it costs", async (test) => {
    const scene = await sessionScene(test, [[...says(), usage(1_000, 100)]], { priced });
    await scene.send();
    const turn = scene.events.flatMap((event) => (event.type === "turn-start" ? [event.turnId] : []))[0];
    assert.deepEqual(
      scene.entries.map((entry) => entry.event === "cost" && [entry.turn, entry.cost.toFixed(4)]),
      [[turn, "0.0045"]],
    );
  });

  it("M06 a storm of throttling is retried so many times and no more, and each refused call costs nothing", async (test) => {
    const refused = Array.from({ length: 9 }, () => [modelError("throttled", 5)]);
    const scene = await sessionScene(test, refused, {
      session: {
        settings: () => ({
          connection: { kind: "demo" },
          maxSteps: 25,
          limits: { retries: 5, longestWaitMs: 60_000 },
          compaction: "off",
        }),
      },
    });
    const outcome = await scene.send();
    assert.equal(outcome?.kind, "failed");
    assert.equal(scene.model.requests.length, 6);
    assert.equal(scene.events.filter(({ type }) => type === "retry-scheduled").length, 5);
  });

  it("M07 after Stop no further call of the message runs and no further request is sent", async (test) => {
    const ran: string[] = [];
    const slow = fakeTool("slow", (input) => ({
      effect: "execute",
      run: async ({ signal }) => {
        ran.push(JSON.stringify(input));
        scene.session.stop();
        return untilStopped(signal).then(() => ({ content: [], title: "" }));
      },
    }));
    const asked = [1, 2, 3].map((n) => ({ tool: "slow", input: { n } }));
    const scene = await sessionScene(test, [calls(...asked), says()], { tools: [slow] });
    assert.deepEqual(await scene.send(), { kind: "cancelled" });
    assert.deepEqual([ran, scene.model.requests.length], [['{"n":1}'], 1]);
  });

  it("M09 eight calls in a row that nobody was asked about give a notice, the forty-first pauses the turn", async (test) => {
    const scene = await sessionScene(test, [...reads(41), says()], { tools: [counting], limits: { toolCalls: 40 } });
    const outcome = await scene.send();
    assert.deepEqual(outcome?.kind === "paused" && [outcome.pause.code, outcome.pause.what], [
      "E_BUDGET",
      "tool-calls",
    ]);
    assert.deepEqual(
      scene.events.flatMap((event) => (event.type === "notice" ? [event.text] : [])),
      [8, 16, 24, 32, 40].map((n) => `${n} tool calls in a row ran without a question, ${n} in this turn.`),
    );
    assert.deepEqual(await scene.session.resume("user"), { kind: "completed" });
  });

  it("M10 a session that is opened again does nothing by itself", async (test) => {
    const first = await sessionScene(test, [calls(read("../out/x"))], { answer: () => undefined });
    await writeFile(join(first.out, "x"), "x\n");
    void first.send();
    await first.question();
    first.session.suspend();
    await first.session.settled();
    const kept = { sessionId: "s1", events: first.kept.events, messages: first.kept.messages };
    const second = await sessionScene(test, [says()], { session: { start: restoreSession(kept, 9) } });
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([second.session.isRunning, second.model.requests, second.entries], [false, [], []]);
  });
});
