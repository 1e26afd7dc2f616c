import assert from "node:assert/strict";
import { it } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import type { PanelContext } from "../../../src/protocol/panel-messages.ts";
import { PanelPage } from "./panel-page.ts";
import { type ThemeName, themeNames } from "./themes.ts";

/** Every theme narrow; colours do not depend on the width, so that wide a light one and a dark one are enough. */
const sights: readonly (readonly [theme: ThemeName, width: number])[] = [
  ...themeNames.map((theme) => [theme, 300] as const),
  ["light", 600],
  ["hc-black", 600],
];

/** One test for each theme and width: no scene may have a fault. Called inside a suite. */
export function testEveryTheme(
  browser: () => Browser,
  context: PanelContext,
  scenes: Readonly<Record<string, (panel: PanelPage) => Promise<void>>>,
): void {
  for (const [theme, width] of sights) {
    it(`has no axe violation, no sideways scrolling and no small target in ${theme} at ${width} px`, async () => {
      const found: Record<string, readonly string[]> = {};
      for (const [name, play] of Object.entries(scenes)) {
        const panel = await PanelPage.open(browser(), { theme, width, context, reducedMotion: true });
        await play(panel);
        found[name] = await accessibilityFaults(panel);
        await panel.close();
      }
      assert.deepEqual(found, Object.fromEntries(Object.keys(scenes).map((name) => [name, []])));
    });
  }
}

/** What is looked at: the panel, or another page of ours. */
export type TestedPage = Pick<PanelPage, "page" | "violations">;

/** Everything that keeps the panel from being usable by all: axe's rules, sideways scrolling, small targets, broken policy. */
export async function accessibilityFaults(panel: TestedPage): Promise<readonly string[]> {
  return [
    ...(await axeViolations(panel)),
    ...(await sidewaysScrolling(panel)),
    ...(await smallTargets(panel)),
    ...(await panel.violations()),
  ];
}

/** What axe finds, as rule and element. */
async function axeViolations({ page }: TestedPage): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = Object.assign({ axe: undefined as typeof import("axe-core") | undefined }, window);
    const results = await checker?.run(document, { resultTypes: ["violations"] });
    return (results?.violations ?? []).flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
  });
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
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map((element) => `small target: ${element.outerHTML.slice(0, 120)}`),
  );
}
