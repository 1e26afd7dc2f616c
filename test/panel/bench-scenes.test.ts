import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BenchPage } from "../bench/panel/bench-page.ts";
import { hostPosts } from "../bench/panel/host-posts.ts";
import { chatOfRecords, chatOfTurns, recordsOfMessages } from "../bench/panel/long-chats.ts";
import { openSession } from "../bench/panel/open-session.ts";
import { historyRows, reactionRows, streamRows } from "../bench/panel/panel-rows.ts";
import { seededAnswer } from "../bench/panel/seeded-answer.ts";
import { showHistory, untilBuilt } from "../bench/panel/show-history.ts";
import { answerAtOnce, streamAnswer } from "../bench/panel/stream-answer.ts";
import { tryReactions } from "../bench/panel/try-reactions.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

/** What `npm run bench -- panel` measures, small and without a look at the times. */
describe("the scenes of the panel's bench", () => {
  const browser = suiteBrowser();

  it("stream an answer that is at its end what it is in one piece", async () => {
    const deltas = seededAnswer(1_000);
    const { sample, markup } = await streamAnswer(browser(), {
      deltas,
      perSecond: 2_000,
      chat: chatOfTurns(3, { tokens: 40 }),
    });
    assert.equal(markup, await answerAtOnce(browser(), deltas.join("")));
    const rows = streamRows(deltas.length, 2_000, { panel: [sample], bare: [sample] });
    assert.ok(rows.every(({ samples }) => samples.every(Number.isFinite)));
    assert.ok(sample.script > 0 && sample.paintedP95 > 0 && sample.keyP95 > 0, JSON.stringify(sample));
  });

  it("post what the host would: the first delta at once, then once in 16 ms all that came, in order", () => {
    const deltas = seededAnswer(1_000);
    const posts = hostPosts(deltas, 500);
    assert.equal(posts.map(({ text }) => text).join(""), deltas.join(""));
    assert.deepEqual(posts[0], { at: 0, text: deltas[0] });
    const gaps = posts.slice(1).map(({ at }, index) => at - (posts[index]?.at ?? 0));
    assert.ok(gaps.every((gap) => gap >= 16));
    assert.ok(gaps.every((gap) => gap <= 18));
  });

  it("show a chat of 500 turns, all of them in their order", async () => {
    const chat = chatOfTurns(500, { tokens: 12 });
    const opened = await BenchPage.openPanel(browser(), chat);
    await untilBuilt(opened, chat);
    const prompts = await opened.page.locator(".prompt-bubble").allTextContents();
    await opened.close();
    assert.deepEqual(
      prompts,
      chat.past.map(({ prompt }) => prompt),
    );
  });

  it("show 5,000 messages by the page", async () => {
    const chat = chatOfTurns(2_500, { tokens: 8 });
    const opened = await BenchPage.openPanel(browser(), chat);
    const prompts = await opened.page.locator(".prompt-bubble").allTextContents();
    assert.deepEqual(
      prompts,
      chat.past.slice(-prompts.length).map(({ prompt }) => prompt),
    );
    await opened.page.getByRole("button", { name: "Show 2,000 earlier turns" }).click();
    await opened.page.getByRole("button", { name: "Show 1,500 earlier turns" }).waitFor();
    await opened.page.waitForFunction((count) => document.querySelectorAll(".answer").length > count, prompts.length);
    await opened.close();
  });

  it("open a session of messages from its journal", async () => {
    const records = recordsOfMessages(60);
    assert.equal(records.filter((record) => "message" in record).length, 60);
    const chat = chatOfRecords(records, "session");
    const rows = historyRows("60 messages", [await showHistory(browser(), chat)]);
    assert.ok(rows.every(({ samples }) => samples.every((value) => value >= 0)));
    const [opened] = await openSession(records, 1);
    assert.ok((opened?.open ?? 0) > 0);
  });

  it("try Stop, a menu, a call, an approval, another chat and a view made anew", async () => {
    const rows = reactionRows([await tryReactions(browser(), { turns: 4, tokens: 40 })]);
    assert.ok(rows.every(({ samples }) => samples.every((value) => value > 0)));
  });
});
