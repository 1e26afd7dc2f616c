import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { brokenText } from "../../../src/protocol/broken-text.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { refusals } from "../../support/accepted-by-bedrock.ts";
import { ask, lastAnswer, untilEnded } from "../panel-page.ts";
import { taskLabel } from "./counted-task.ts";
import { type KillPoint, killPoints } from "./kill-points.ts";
import { KillScene } from "./kill-scene.ts";
import type { OpenJournal } from "./open-journal.ts";

const prompt = "do two things";
const nextPrompt = "and what now?";
const nextAnswer = "It goes on.";
/** So long that a summary of it is worth a call. */
const longAnswer = "Hello again. ".repeat(800);

const playsAll = process.env["OUTCROP_KILL_POINTS"] === "all";

describe("an extension host that is killed in the middle of a turn", () => {
  let scene: KillScene;
  before(async () => {
    scene = await KillScene.open();
  });
  after(() => scene.close());

  for (const planned of killPoints.filter(({ short }) => short === true || playsAll)) {
    it(`leaves a session that goes on: ${planned.name}`, async () => {
      await scene.newChat();
      const start = await playUntilReached(planned);
      let left = await scene.kill();
      const point: KillPoint = planned.mayWait && waits(left) ? { ...planned, pending: "prompt" } : planned;
      assertKept(left, point);
      await assertNothingRuns(left, point, start);
      if (point.twice) {
        const second = await scene.kill();
        assert.notEqual(lastDigest(second), lastDigest(left));
        await assertNothingRuns(second, point, start);
        left = second;
      }
      scene.task.release();
      await goOn(point, left, start);
    });
  }

  /** Task runs and requests before this point. */
  interface Start {
    readonly runs: number;
    readonly requests: number;
  }

  async function playUntilReached({
    earlierTurn,
    replies,
    heldTask,
    answers = [],
    reached,
  }: KillPoint): Promise<Start> {
    if (earlierTurn) {
      scene.play([{ text: longAnswer }]);
      await ask(scene.panel, "hello");
      await untilEnded(scene.panel);
    }
    const start = { runs: scene.task.runs(), requests: scene.emulator.requests.length };
    const turnEvents = scene.journal().events.length;
    if (heldTask) scene.task.hold();
    scene.play(replies);
    await ask(scene.panel, prompt);
    for (const [index, answer] of answers.entries()) {
      const isLast = index === answers.length - 1;
      if (!isLast) scene.task.release();
      await scene.panel.locator("[data-approval]").getByRole("button", { name: answer }).click();
      if (isLast) break;
      await scene.until("the next approval", () => countOf(scene.journal(), "tool-awaiting-approval") > index + 1);
      if (heldTask) scene.task.hold();
    }
    await scene.until("the point of the kill", async () => {
      const sent = scene.emulator.requests.slice(start.requests);
      return reached({
        eventTypes: scene
          .journal()
          .events.slice(turnEvents)
          .map(({ type }) => type),
        requests: sent.length,
        answering: sent.at(-1)?.status !== undefined,
        transcript: await scene.transcript(),
        runs: scene.task.runs() - start.runs,
      });
    });
    return start;
  }

  /** Every answer that was whole is kept, in a history that Bedrock takes. */
  function assertKept({ messages }: OpenJournal, { earlierTurn, steps }: KillPoint): void {
    const answers = messages.filter(({ role }) => role === "assistant");
    assert.equal(answers.length, steps + (earlierTurn ? 1 : 0));
    assert.deepEqual(refusals([...messages, { role: "user", content: [{ text: nextPrompt }] }]), []);
  }

  /** Nothing is sent or run by itself; what waited for an answer is asked again, with a digest of its own. */
  async function assertNothingRuns(left: OpenJournal, { pending, runs }: KillPoint, start: Start): Promise<void> {
    const sent = scene.emulator.requests.length;
    const card = scene.panel.locator("[data-approval]");
    if (pending === undefined) {
      await scene.panel.getByRole("button", { name: /^Send/ }).waitFor();
      assert.equal(await card.count(), 0);
    } else {
      await card.waitFor();
      assert.match(await card.innerText(), new RegExp(`Run task "${taskLabel}"\\?[\\s\\S]*count\\.cjs`));
      assert.notEqual(lastDigest(scene.journal()), lastDigest(left));
    }
    assert.match(await scene.transcript(), new RegExp(prompt));
    const since = scene.journal().events.slice(left.events.length);
    assert.deepEqual(
      since.map(({ type }) => type).filter((type) => type === "tool-running" || type === "step-start"),
      [],
    );
    assert.equal(scene.emulator.requests.length, sent);
    assert.ok(scene.task.runs() - start.runs <= runs, "no more runs than the user allowed");
  }

  async function goOn({ pending, runs }: KillPoint, left: OpenJournal, start: Start): Promise<void> {
    const { panel } = scene;
    scene.play([{ text: nextAnswer }], true);
    const sent = scene.emulator.requests.length;
    const button = (name: string) => panel.locator("[data-approval]").getByRole("button", { name });
    if (pending === "allow") await button("Allow Once").click();
    if (pending === "skip") await button("Skip").click();
    if (pending === "stop") {
      await panel.getByRole("button", { name: /^Stop/ }).click();
      await lastAnswer(panel).getByText("Canceled").first().waitFor();
      // The call says that it is canceled a moment before the turn is over.
      await untilEnded(panel);
      assert.equal(scene.emulator.requests.length, sent);
    }
    if (pending !== "allow" && pending !== "skip") await ask(panel, nextPrompt);
    await lastAnswer(panel).getByText(nextAnswer).waitFor();
    await untilEnded(panel);
    const [request, ...more] = scene.emulator.requests.slice(sent);
    assert.deepEqual([request?.status, more], [200, []]);
    assertSent(Object(request?.body).messages, left);
    const allowed = pending === "allow" ? 1 : 0;
    assert.ok(scene.task.runs() - start.runs <= runs + allowed);
    if (pending !== undefined) {
      assert.equal(scene.task.runs() - start.runs, runs + allowed);
      const text = lastResult(Object(request?.body).messages);
      assert.match(text, resultOf[pending]);
    }
  }

  /** The model gets every answer of its own that was whole, word for word, and of a broken one what was kept of its text. */
  function assertSent(sent: readonly Message[], left: OpenJournal): void {
    const turn = left.events.reduce(reduceChat, emptyChat("s")).current;
    const broken = turn === null ? "" : brokenText(turn);
    const texts = (messages: readonly Message[]) =>
      messages
        .filter(({ role }) => role === "assistant")
        .map(({ content = [] }) => content.flatMap(({ text, toolUse }) => text ?? toolUse?.toolUseId ?? []));
    assert.deepEqual(texts(sent), [...texts(left.messages), ...(broken === "" ? [] : [[broken]])]);
  }
});

const resultOf: Readonly<Record<NonNullable<KillPoint["pending"]>, RegExp>> = {
  allow: /exit code 0/i,
  skip: /skipped this call/,
  prompt: /^This call was not run/,
  stop: /^The user stopped the turn/,
};

function lastResult(messages: readonly Message[]): string {
  const results = messages.flatMap(({ content = [] }) => content.flatMap(({ toolResult }) => toolResult ?? []));
  return results.at(-1)?.content?.[0]?.text ?? "";
}

function countOf({ events }: OpenJournal, type: string): number {
  return events.filter((event) => event.type === type).length;
}

function waits({ events }: OpenJournal): boolean {
  return events.at(-1)?.type === "tool-awaiting-approval";
}

function lastDigest({ events }: OpenJournal): string {
  const asked = events.findLast((event) => event.type === "tool-awaiting-approval");
  assert.ok(asked?.type === "tool-awaiting-approval");
  return asked.request.digest;
}
