import type { Browser } from "playwright-core";
import { awaitingTool, runningTool, stepStart, text, turnEnd, turnStart } from "../../support/panel/scenes.ts";
import { BenchPage } from "./bench-page.ts";
import { chatOfTurns } from "./long-chats.ts";
import { seededAnswer } from "./seeded-answer.ts";
import { openChat } from "./show-history.ts";

/** From what the user does to the end of the frame that shows it, in milliseconds. */
export interface ReactionSample {
  /** Of the same page, with nothing to show. */
  readonly frame: number;
  /** The host's answer to Stop comes at once. */
  readonly stop: number;
  readonly menu: number;
  readonly disclosure: number;
  /** From the host's event to the card. */
  readonly approval: number;
  /** To another chat of 200 turns. */
  readonly change: number;
  /** A page of 200 turns that VS Code has thrown away: its loading up to its question, and its answer up to what is shown. */
  readonly again: number;
}

export async function tryReactions(browser: Browser, { turns = 200, tokens = 1_000 } = {}): Promise<ReactionSample> {
  const opened = await BenchPage.openPanel(browser);
  await opened.emit(turnStart("go", [], "one"), stepStart(), text(seededAnswer(400).join("")));
  await opened.emit(...runningTool("call-1", "read_file", "Reading a.ts", '{"path":"a.ts"}'));
  const frame = await opened.page.evaluate(async () => {
    const from = performance.now();
    await window.probe.afterFrame();
    return performance.now() - from;
  });
  const menu = await pressed(opened, ".mode-button", "[role=menu]");
  await opened.page.keyboard.press("Escape");
  const disclosure = await pressed(opened, ".tool .disclosure-header", ".tool .disclosure-body");
  await answerStop(opened);
  const stop = await pressed(opened, ".send-group .send-button", ".turn-footer");
  await opened.emit(turnStart("go", [], "two"), stepStart());
  const approval = await asked(opened);
  const chat = chatOfTurns(turns, { tokens });
  const { ms: change } = await openChat(opened, chat);
  await opened.page.addInitScript(noteReady);
  await opened.page.reload();
  await opened.page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
  const ready = await opened.page.evaluate(() => performance.getEntriesByName("ready")[0]?.startTime ?? 0);
  const { ms: shown } = await openChat(opened, chat);
  await opened.close();
  return { frame, stop, menu, disclosure, approval, change, again: ready + shown };
}

function pressed({ page }: BenchPage, button: string, wanted: string): Promise<number> {
  return page.evaluate(
    ([press, show]) =>
      window.probe.until(
        () => document.querySelector<HTMLElement>(press)?.click(),
        () => document.querySelector(show) !== null,
      ),
    [button, wanted] as const,
  );
}

/** From here on the page answers Stop in the host's place. */
async function answerStop(opened: BenchPage): Promise<void> {
  await opened.page.evaluate(
    (answer) => {
      const { posts } = window.panelTest;
      posts.push = (post) => {
        if (post.type === "stop") window.postMessage(answer, window.origin);
        return posts.length;
      };
    },
    opened.message(turnEnd({ kind: "cancelled" })),
  );
}

async function asked(opened: BenchPage): Promise<number> {
  return opened.page.evaluate(
    (question) =>
      window.probe.until(
        () => window.postMessage(question, window.origin),
        () => document.querySelector("[data-approval]") !== null,
      ),
    opened.message(...awaitingTool()),
  );
}

/** Runs in the page before its scripts. */
function noteReady(): void {
  const { posts } = window.panelTest;
  posts.push = (post) => {
    if (post.type === "ready") performance.mark("ready");
    return posts.length;
  };
}
