import axe from "axe-core";
import type { PanelPage } from "./panel-page.ts";

/** Everything that keeps the panel from being usable by all: axe's rules, sideways scrolling, small targets, broken policy. */
export async function accessibilityFaults(panel: PanelPage): Promise<readonly string[]> {
  return [
    ...(await axeViolations(panel)),
    ...(await sidewaysScrolling(panel)),
    ...(await smallTargets(panel)),
    ...(await panel.violations()),
  ];
}

/** What axe finds, as rule and element. */
async function axeViolations({ page }: PanelPage): Promise<readonly string[]> {
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
function sidewaysScrolling({ page }: PanelPage): Promise<readonly string[]> {
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
function smallTargets({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("button, input, textarea")]
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map((element) => `small target: ${element.outerHTML.slice(0, 120)}`),
  );
}
