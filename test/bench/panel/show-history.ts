import type { Browser } from "playwright-core";
import { type ChatState, emptyChat } from "../../../src/protocol/chat-state.ts";
import { bedrockContext } from "../../support/panel/contexts.ts";
import { themes } from "../../support/panel/themes.ts";
import { quantile } from "../bench-row.ts";
import { BenchPage } from "./bench-page.ts";

/** A long chat: opened, made narrower, shown in another theme, scrolled. Milliseconds, where nothing else is said. */
export interface HistorySample {
  /** From the snapshot's arrival to the end of the frame that shows the last answer, and the main thread's own time for it. */
  readonly firstPaint: number;
  readonly firstPaintWork: number;
  readonly firstLayout: number;
  /** The main thread's time until every turn is there, the first paint included. */
  readonly wholeWork: number;
  /** Style and layout. */
  readonly resize: number;
  readonly theme: number;
  /** Pixels by which what is read moved beside what was scrolled, at most. */
  readonly displaced: number;
  readonly scrollFrameP95: number;
  /** Of the same page while nothing happens. */
  readonly restFrameP95: number;
}

const scrollSteps = 200;

/** On a busy machine, in milliseconds. */
const longestWait = 300_000;

export async function showHistory(browser: Browser, chat: ChatState): Promise<HistorySample> {
  const opened = await BenchPage.openPanel(browser, emptyChat("before"));
  const { page } = opened;
  const first = await openChat(opened, chat);
  const whole = await opened.workOf(() => untilBuilt(opened, chat));
  const resize = await opened.workOf(async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.evaluate(() => window.probe.afterFrame());
  });
  await page.setViewportSize({ width: 400, height: 900 });
  const theme = await opened.workOf(() => page.evaluate(showTheme, themes.light));
  const scrolled = await scrollUp(opened);
  await opened.close();
  return {
    ...{ firstPaint: first.ms, firstPaintWork: 1000 * first.work.task, firstLayout: 1000 * first.work.layout },
    wholeWork: 1000 * (first.work.task + whole.task),
    ...{ resize: 1000 * resize.layout, theme: 1000 * theme.layout },
    ...scrolled,
  };
}

/** Sends a snapshot, which is in the page already, as VS Code would: as a copy. */
export async function openChat(opened: BenchPage, chat: ChatState) {
  const message = { type: "snapshot", seq: 0, chat, context: bedrockContext };
  const shown = { ms: 0 };
  await opened.page.evaluate((held) => Object.assign(window, { held }), message);
  const work = await opened.workOf(async () => {
    shown.ms = await opened.page.evaluate(
      (prompt) =>
        window.probe.until(
          () => window.postMessage(Object.assign({ held: undefined }, window).held, window.origin),
          () => [...document.querySelectorAll(".prompt-bubble")].at(-1)?.textContent === prompt,
        ),
      chat.past.at(-1)?.prompt,
    );
  });
  return { ms: shown.ms, work };
}

/** Every turn that is shown without asking is there, and its code has its colours. */
export async function untilBuilt({ page }: BenchPage, { past }: ChatState): Promise<void> {
  const turns = Math.min(past.length, 500);
  const isBuilt = (count: number) =>
    document.querySelectorAll(".answer").length >= count &&
    document.querySelector("code:not([data-highlighted])[data-language]") === null;
  await page.waitForFunction(isBuilt, turns, { polling: 100, timeout: longestWait });
  await page.evaluate(() => window.probe.afterFrame());
}

/** Runs in the page. */
async function showTheme({ bodyClass, variables }: (typeof themes)["light"]): Promise<void> {
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  document.body.className = bodyClass;
  await window.probe.afterFrame();
}

/** Scrolls up from the end, a step a frame, and follows one text after the other with the eyes. */
async function scrollUp({
  page,
}: BenchPage): Promise<Pick<HistorySample, "displaced" | "scrollFrameP95" | "restFrameP95">> {
  await page.locator(".transcript").hover();
  await page.mouse.wheel(0, -50);
  await page.waitForFunction(() => document.querySelector(".transcript-sticking") === null);
  await page.evaluate(() => window.probe.afterFrame());
  const rest = await page.evaluate(async () => {
    window.probe.begin();
    for (let frame = 0; frame < 60; frame += 1) await window.probe.afterFrame();
    return window.probe.end();
  });
  await page.evaluate(() => window.probe.begin());
  const moved = await page.evaluate(async (steps) => {
    const scroller = document.querySelector(".transcript");
    const offsets: number[] = [];
    for (let step = 0; scroller !== null && step < steps && scroller.scrollTop > 100; step += 1) {
      const { top, left, width, height } = scroller.getBoundingClientRect();
      const read = document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".turns > * > * *");
      const before = read?.getBoundingClientRect().top ?? 0;
      scroller.scrollBy(0, -60);
      await window.probe.afterFrame();
      if (read?.isConnected) offsets.push(Math.abs(read.getBoundingClientRect().top - before - 60));
    }
    return offsets;
  }, scrollSteps);
  const { gaps } = await page.evaluate(() => window.probe.end());
  return {
    displaced: Math.max(0, ...moved),
    scrollFrameP95: quantile(gaps, 0.95),
    restFrameP95: quantile(rest.gaps, 0.95),
  };
}
