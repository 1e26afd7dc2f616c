import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { scenes } from "../support/panel/accessibility-scenes.ts";
import { asking, commandRequest, editRequest, networkRequest } from "../support/panel/approval-scenes.ts";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import { PanelPage, showTheme } from "../support/panel/panel-page.ts";
import { asked, stepStart, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

const cards: typeof scenes = {
  ...scenes,
  "a question": async (panel) => {
    await panel.emit(turnStart("go"), stepStart(), asked({ multiple: true }));
    await panel.page.locator(".question-option").first().waitFor();
  },
  ...Object.fromEntries(
    Object.entries({ edit: editRequest, command: commandRequest, network: networkRequest }).map(([name, request]) => [
      `an approval of ${name}`,
      async (panel: PanelPage) => {
        await panel.say({ type: "context", context: bedrockContext });
        await panel.emit(turnStart("go"), stepStart(), ...asking(request));
        await panel.page.locator(".approval").waitFor();
      },
    ]),
  ),
};

describe("high contrast", () => {
  const browser = suiteBrowser();

  it("UX97 every card and chip has a border there", async () => {
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const [name, play] of Object.entries(cards)) {
      const panel = await PanelPage.open(browser(), { width: 300, context: demoContext, reducedMotion: true });
      await play(panel);
      for (const shown of await markCards(panel.page)) seen.add(shown);
      for (const theme of ["hc-black", "hc-light"] as const) {
        await showTheme(panel.page, theme);
        for (const card of await cardsWithoutBorder(panel.page)) faults.push(`${name}: ${card} (${theme})`);
      }
      await panel.close();
    }
    assert.deepEqual(faults, []);
    for (const card of ["approval", "chip", "code-block", "composer-box", "notice", "prompt-bubble"]) {
      assert.ok(seen.has(card), `${card} was looked at`);
    }
  });
});

/**
 * Marks what looks like a card, a chip or a button of its own where colours tell it: rounded, with a ground or a border. A
 * quotation is none: it has its bar.
 */
function markCards(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>("*")]
      .filter((element) => element.checkVisibility() && !element.matches("svg *, blockquote"))
      .filter((element) => {
        const { backgroundColor, borderTopLeftRadius, borderTopWidth, borderTopColor } = getComputedStyle(element);
        const isSeen = (colour: string) => !/^rgba\(.*, 0\)$|\/ 0\)$/u.test(colour);
        const { width, height } = element.getBoundingClientRect();
        const hasBorder = borderTopWidth !== "0px" && isSeen(borderTopColor);
        return width > 12 && height > 12 && borderTopLeftRadius !== "0px" && (isSeen(backgroundColor) || hasBorder);
      })
      .map((element) => {
        element.dataset["card"] = "";
        return element.classList.item(0) ?? element.tagName;
      }),
  );
}

function cardsWithoutBorder(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const isSeen = (colour: string) => !/^rgba\(.*, 0\)$|\/ 0\)$/u.test(colour);
    return [...document.querySelectorAll("[data-card]")]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { borderTopStyle, borderTopWidth, borderTopColor, outlineStyle, outlineColor } =
          getComputedStyle(element);
        const hasBorder = borderTopStyle !== "none" && borderTopWidth !== "0px" && isSeen(borderTopColor);
        return !hasBorder && !(outlineStyle !== "none" && isSeen(outlineColor));
      })
      .map((element) => `${element.tagName} ${element.className}`);
  });
}
