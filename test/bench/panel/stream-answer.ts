import type { Browser } from "playwright-core";
import type { ChatState } from "../../../src/protocol/chat-state.ts";
import { stepEnd, stepStart, text, turnEnd, turnStart } from "../../support/panel/scenes.ts";
import { quantile } from "../bench-row.ts";
import { BenchPage } from "./bench-page.ts";
import { hostPosts, withSight } from "./host-posts.ts";
import { untilBuilt } from "./show-history.ts";

/** One stream of an answer. Milliseconds and percents, where nothing else is said. */
export interface StreamSample {
  readonly paintedP50: number;
  readonly paintedP95: number;
  readonly nextFrameP50: number;
  readonly keyP95: number;
  readonly busy: number;
  /** Seconds: script alone, and all that the main thread did. */
  readonly script: number;
  readonly work: number;
  readonly dropped: number;
  readonly frameP95: number;
  /** 0: none over 50 ms. */
  readonly longestTask: number;
  readonly catchUp: number;
}

export interface StreamedAnswer {
  readonly sample: StreamSample;
  /** Of the answer at its end; empty in the bare page. */
  readonly markup: string;
}

export interface StreamOptions {
  readonly deltas: readonly string[];
  readonly perSecond: number;
  /** Absent: the bare page. */
  readonly chat?: ChatState;
  readonly typing?: boolean;
}

const frameMs = 1000 / 60;

/** Streams an answer at the end of a chat, or into the bare page. */
export async function streamAnswer(browser: Browser, options: StreamOptions): Promise<StreamedAnswer> {
  const { deltas, perSecond, chat, typing = true } = options;
  const opened = chat === undefined ? await BenchPage.openBare(browser) : await BenchPage.openPanel(browser, chat);
  if (chat !== undefined) await untilBuilt(opened, chat);
  await opened.emit(turnStart("go", [], "bench"), stepStart());
  const posts = await withSight(browser, hostPosts(deltas, perSecond));
  const run = { seen: await opened.page.evaluate(() => window.probe.end()) };
  const work = await opened.workOf(async () => {
    run.seen = await opened.stream(posts, { typing });
  });
  await opened.emit(stepEnd(), turnEnd());
  const markup = await lastAnswerMarkup(opened);
  await opened.close();
  const { painted, nextFrame, keys, gaps, longTasks } = run.seen;
  const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0);
  const sample = {
    paintedP50: quantile(painted, 0.5),
    paintedP95: quantile(painted, 0.95),
    nextFrameP50: quantile(nextFrame, 0.5),
    keyP95: quantile(keys, 0.95),
    busy: (100 * work.task) / work.elapsed,
    script: work.script,
    work: work.task,
    dropped: (100 * dropped) / (gaps.length + dropped),
    frameP95: quantile(gaps, 0.95),
    longestTask: Math.max(0, ...longTasks),
    catchUp: painted.at(-1) ?? 0,
  };
  return { sample, markup };
}

/** The markup of an answer that came in one piece: what a streamed one has to be at its end. */
export async function answerAtOnce(browser: Browser, answer: string): Promise<string> {
  const opened = await BenchPage.openPanel(browser);
  await opened.emit(turnStart("go", [], "bench"), stepStart(), text(answer), stepEnd(), turnEnd());
  const markup = await lastAnswerMarkup(opened);
  await opened.close();
  return markup;
}

/** Without the colours of code, which come when the browser has time. */
function lastAnswerMarkup({ page }: BenchPage): Promise<string> {
  return page.evaluate(() => {
    const answer = [...document.querySelectorAll(".answer .markdown")].at(-1)?.cloneNode(true);
    if (!(answer instanceof HTMLElement)) return "";
    for (const code of answer.querySelectorAll<HTMLElement>("pre > code")) {
      code.textContent = code.textContent ?? "";
      delete code.dataset["highlighted"];
    }
    return answer.innerHTML;
  });
}
