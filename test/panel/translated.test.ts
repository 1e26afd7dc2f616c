import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findTexts } from "../../scripts/l10n/find-texts.mjs";
import { layoutFaults } from "../support/panel/accessibility-checks.ts";
import { type Content, contextOf, languageScenes } from "../support/panel/language-scenes.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import { runningTool, stepEnd, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

/** Every text in brackets and 40 % longer, as a language may have it. */
const translations = Object.fromEntries(
  findTexts().texts.map((text) => [
    text,
    `⟦${text}${" lorem".repeat(text.length).slice(0, Math.ceil(text.length * 0.4))}⟧`,
  ]),
);

const latin: Content = {
  words: "lorem ipsum",
  answer: "lorem **ipsum** `lorem`\n\n- lorem\n\n```ts\nlorem\n```\n\n| lorem |\n| --- |\n| ipsum |\n",
};

describe("the panel in another language", () => {
  const browser = suiteBrowser();

  it("UX98 every text, label, tooltip and placeholder of its own is translated, and none that is longer is cut off", async () => {
    const found: Record<string, readonly string[]> = {};
    for (const [name, play] of Object.entries(languageScenes)) {
      const context = contextOf(latin);
      const panel = await PanelPage.open(browser(), { width: 300, context, translations, reducedMotion: true });
      await play(panel, latin);
      found[name] = [...(await untranslated(panel)), ...(await cutOff(panel)), ...(await layoutFaults(panel))];
      await panel.close();
    }
    assert.deepEqual(found, Object.fromEntries(Object.keys(languageScenes).map((name) => [name, []])));
  });
});

const rightToLeft: Content = {
  words: "איפה מחשבים את ההשהיה lorem שלום עולם",
  answer:
    "ההשהיה מחושבת ב־`lorem/ipsum.ts:12` وتنمو **بسرعة** lorem.\n\n- שלום\n- lorem ipsum\n\n```ts\nlorem(1); // שלום\n```\n\n| שלום | lorem |\n| --- | ---: |\n| עולם | 1 |\n\n> مرحبا\n\nlorem ipsum dolor.\n",
};

describe("the panel from right to left", () => {
  const browser = suiteBrowser();

  it("UX98 Hebrew and Arabic fit and lie over nothing in a panel that goes either way, with code from the left", async () => {
    const found: string[] = [];
    for (const [name, play] of Object.entries(languageScenes)) {
      const context = contextOf(rightToLeft);
      const panel = await PanelPage.open(browser(), { width: 300, context, direction: "rtl", reducedMotion: true });
      await play(panel, rightToLeft);
      for (const direction of ["rtl", "ltr"]) {
        await panel.page.evaluate((wanted) => document.documentElement.setAttribute("dir", wanted), direction);
        const faults = [...(await overlaps(panel)), ...(await cutOff(panel)), ...(await layoutFaults(panel))];
        found.push(...faults.map((fault) => `${name}, ${direction}: ${fault}`));
      }
      await panel.close();
    }
    assert.deepEqual(found, []);
  });

  for (const direction of ["rtl", "ltr"] as const) {
    it(`UX98 each paragraph begins at the side of its own words in a panel that goes ${direction}`, async () => {
      const context = contextOf(rightToLeft);
      const panel = await PanelPage.open(browser(), { width: 600, context, direction, reducedMotion: true });
      await panel.emit(
        turnStart("שלום"),
        stepStart(),
        text("שלום\n\nlorem\n\n```ts\nlorem\n```\n"),
        stepEnd(),
        turnEnd(),
      );
      await panel.page.locator(".code-block pre").waitFor();
      assert.deepEqual(await sidesOf(panel, ".markdown p"), ["right", "left"]);
      assert.deepEqual(await sidesOf(panel, ".markdown pre code"), ["left"]);
      await panel.close();
    });
  }

  it("UX98 what points on is mirrored", async () => {
    const panel = await PanelPage.open(browser(), { direction: "rtl", reducedMotion: true });
    await panel.emit(turnStart("lorem"), stepStart(), ...runningTool("c1", "read_file", "lorem", "{}"));
    const chevron = panel.page.locator(".tool .icon-chevron-right").first();
    assert.equal(await chevron.evaluate((icon) => getComputedStyle(icon).transform), "matrix(-1, 0, 0, 1, 0, 0)");
    await panel.close();
  });
});

/** At which side of its element the first line of its text stands. */
function sidesOf({ page }: PanelPage, selector: string): Promise<readonly string[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const [words] = range.getClientRects();
      const box = (element.closest("pre") ?? element).getBoundingClientRect();
      if (words === undefined) return "empty";
      return words.left - box.left < box.right - words.right ? "left" : "right";
    }),
  );
}

/** Buttons that lie over one another; menus, lists and the prompt that stays in sight lie over what is behind them. */
function overlaps({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const over = ".menu, .mentions, .help-card, [role=menu], [role=listbox], .sticky-prompt";
    const buttons = [...document.querySelectorAll("button")]
      .filter((element) => element.checkVisibility({ opacityProperty: true }) && !element.closest(over))
      .map((element) => ({ element, box: element.getBoundingClientRect() }));
    return buttons.flatMap(({ element, box }, index) =>
      buttons
        .slice(index + 1)
        .filter(({ element: other }) => !element.contains(other) && !other.contains(element))
        // What is scrolled out of sight lies behind what does not scroll.
        .filter(({ element: other }) => element.closest(".transcript") === other.closest(".transcript"))
        .filter(({ box: { left, right, top, bottom } }) => {
          const [wide, high] = [
            Math.min(box.right, right) - Math.max(box.left, left),
            Math.min(box.bottom, bottom) - Math.max(box.top, top),
          ];
          return wide > 1 && high > 1;
        })
        .map(({ element: other }) => `overlap: ${element.className} and ${other.className}`),
    );
  });
}

/** What is no translation and no content of the scenes: words of the panel that are English in every language. */
async function untranslated({ page }: PanelPage): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const shown: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (!node.parentElement?.closest("script, style")) shown.push(node.nodeValue ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [aria-description]")) {
      for (const name of ["aria-label", "title", "placeholder", "aria-description"]) {
        shown.push(element.getAttribute(name) ?? "");
      }
    }
    return shown;
  });
  return [...new Set(texts)].filter((text) => /\p{L}{2}/u.test(withoutKnown(text)));
}

/** Names of products, models, keys, languages of code and commands, which are the same everywhere. */
const names =
  /Outcrop|claude-sonnet-4-5|eu-central-1|AWS|Bedrock|(?:Ctrl|Alt|Shift|Control|Enter|Escape|F8)\b|lorem|ipsum|\.ts\b|\bts\b|^\/[a-z]+/gu;

function withoutKnown(text: string): string {
  let rest = text;
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, "");
  }
  return rest.replaceAll(names, "");
}

/** Buttons and labels whose text does not fit into them and that have no tooltip or ellipsis for it. */
function cutOff({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, label, summary, [role=menuitem], [role=option], .notice")]
      .filter((element) => element.checkVisibility() && element.textContent.trim() !== "")
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > document.documentElement.clientWidth + 1;
      })
      .map((element) => `beyond the edge: ${element.textContent.slice(0, 80)}`),
  );
}
