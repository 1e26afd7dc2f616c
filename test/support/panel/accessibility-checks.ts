import assert from "node:assert/strict";
import { it } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import type { PanelContext } from "../../../src/protocol/panel-messages.ts";
import { PanelPage, showTheme } from "./panel-page.ts";
import { themeNames } from "./themes.ts";

/** No scene may have a fault in any theme at any width. Each is played once, narrow. Called inside a suite. */
export function testEveryTheme(
  browser: () => Browser,
  context: PanelContext,
  scenes: Readonly<Record<string, (panel: PanelPage) => Promise<void>>>,
): void {
  it("UX44 UX97 has no axe violation, no sideways scrolling and no small target in any theme, narrow and wide", async () => {
    const found: string[] = [];
    for (const [name, play] of Object.entries(scenes)) {
      const panel = await PanelPage.open(browser(), { width: 300, context, reducedMotion: true });
      await play(panel);
      for (const fault of await faultsInEveryTheme(panel)) found.push(`${name}: ${fault}`);
      await panel.close();
    }
    assert.deepEqual(found, []);
  });
}

/** What is looked at: the panel, or another page of ours. */
export type TestedPage = Pick<PanelPage, "page" | "violations">;

/** The faults of what a page shows, in every theme, narrow and wide. */
export async function faultsInEveryTheme(panel: TestedPage): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of [300, 600]) {
    await panel.page.setViewportSize({ width, height: 700 });
    for (const [index, theme] of themeNames.entries()) {
      await showTheme(panel.page, theme);
      // The elements are the same in the next theme: only colours are looked at again.
      const faults = [
        ...(await axeViolations(panel, index > 0 ? colourRules : undefined)),
        ...(await layoutFaults(panel)),
      ];
      found.push(...faults.map((fault) => `${fault} (${theme}, ${width} px)`));
    }
  }
  return found;
}

/** Everything that keeps the panel from being usable by all: axe's rules, and what `layoutFaults` finds. */
export async function accessibilityFaults(panel: TestedPage): Promise<readonly string[]> {
  return [...(await axeViolations(panel)), ...(await layoutFaults(panel))];
}

/** Sideways scrolling, small targets, and what the panel's own policy was broken by. */
export async function layoutFaults(panel: TestedPage): Promise<readonly string[]> {
  return [...(await sidewaysScrolling(panel)), ...(await smallTargets(panel)), ...(await panel.violations())];
}

/** What axe finds by the rules that a theme has a say in. */
export function colourFaults(panel: TestedPage): Promise<readonly string[]> {
  return axeViolations(panel, colourRules);
}

/** axe's rules that a theme has a say in. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** What axe finds, as rule and element; by all its rules where none are named. */
async function axeViolations({ page }: TestedPage, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (named) => {
    const { axe: checker } = Object.assign({ axe: undefined as typeof import("axe-core") | undefined }, window);
    const runOnly = named === undefined ? {} : { runOnly: [...named] };
    const results = await checker?.run(document, { resultTypes: ["violations"], ...runOnly });
    return (results?.violations ?? []).flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
  }, rules);
}

/** Only code and tables may scroll sideways, and only shortened labels may be cut. */
function sidewaysScrolling({ page }: TestedPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .filter((element) => getComputedStyle(element).overflowX !== "visible" || element === document.body)
      .filter((element) => getComputedStyle(element).textOverflow !== "ellipsis")
      .filter((element) => !element.closest(".code-block pre, .table-scroller, svg"))
      .map((element) => `scrolls sideways: ${element.tagName} ${element.className}`),
  );
}

/** WCAG 2.5.8; links inside text are exempt. */
function smallTargets({ page }: TestedPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("button, input, textarea")]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map((element) => `small target: ${element.outerHTML.slice(0, 120)}`),
  );
}
