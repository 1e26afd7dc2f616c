import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../scripts/vscode/launch-chromium.mjs";
import { generateDocument } from "../support/panel/generated-documents.ts";
import { openMarkdownPage } from "../support/panel/markdown-page.ts";
import { answer } from "../support/panel/scenes.ts";

/** `OUTCROP_PREFIX_DOCUMENTS=2000` for the long run. */
const documentCount = Number(process.env["OUTCROP_PREFIX_DOCUMENTS"] ?? 200);

const knownTraps = [
  answer,
  "1. a\n\n2. b\n\n3\n. c",
  "x\na | b\n--|--\n1 | 2\n",
  "x\na | b\n--|-x\n",
  "- a\n\n  b\n\n    c\n- d\n\n\nend",
  "~~~\n```\n~~~\nafter",
  "```\ncode\n``\n```` \nafter\n```\n",
  "para\n- item\n---\n===\n",
  "> quote\nlazy\n\n    code\n\n> again",
  "[a]\n\n[a]: /first\n\n[a][a] and [b]\n\n[b]:\n/second 'title\nmore'\n",
  "```a | b\n-|-\n1 | 2\n",
  "http://[x](https://e.x/a_b) https://e.x/**b** <https://e.x> [https://e.x](a.ts)\nhttp://\n",
  ">".repeat(200),
  "* ".repeat(200),
  "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -",
];

/** Streams each document and compares every prefix with a parse of that prefix alone; the end also where references are defined. */
function countMismatches(documents: readonly string[]): {
  readonly prefixes: number;
  readonly wrong: readonly string[];
} {
  const wrong: string[] = [];
  let prefixes = 0;
  for (const source of documents) {
    const element = document.createElement("div");
    const streamed = new panelMarkdown.StreamedMarkdown(element, { heal: false });
    for (let end = 1; end <= source.length; end += 1) {
      const prefix = source.slice(0, end);
      const whole = document.createElement("div");
      new panelMarkdown.StreamedMarkdown(whole, { heal: false }).update(prefix, false);
      streamed.update(prefix, end < source.length);
      if (end < source.length && /\]:/.test(prefix)) continue;
      prefixes += 1;
      if (element.innerHTML !== whole.innerHTML) {
        const bare = (node: Element) => node.innerHTML.replace(/<div class="code-header">.*?<pre/gs, "<pre");
        wrong.push(JSON.stringify({ prefix, streamed: bare(element), whole: bare(whole) }));
        break;
      }
    }
  }
  return { prefixes, wrong: wrong.slice(0, 3) };
}

describe("streamed markdown", () => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchChromium();
    page = await openMarkdownPage(browser);
  });
  after(() => browser.close());

  it("shows for every prefix of a document what a parse of that prefix shows", async () => {
    const documents = [...knownTraps, ...Array.from({ length: documentCount }, (_, seed) => generateDocument(seed))];
    const { prefixes, wrong } = await page.evaluate(countMismatches, documents);
    assert.deepEqual(wrong, []);
    assert.ok(prefixes > documents.length, `${prefixes} prefixes were compared`);
  });

  it("ends with the same blocks when unclosed marks were healed on the way", async () => {
    const documents = [...knownTraps, ...Array.from({ length: documentCount }, (_, seed) => generateDocument(seed))];
    const wrong = await page.evaluate((sources) => {
      return sources.filter((source) => {
        const [element, whole] = [document.createElement("div"), document.createElement("div")];
        const streamed = new panelMarkdown.StreamedMarkdown(element, { heal: true });
        for (let end = 1; end <= source.length; end += 3) streamed.update(source.slice(0, end), true);
        streamed.update(source, false);
        new panelMarkdown.StreamedMarkdown(whole, { heal: true }).update(source, false);
        return element.innerHTML !== whole.innerHTML;
      });
    }, documents);
    assert.deepEqual(wrong, []);
  });

  it("UX34 never shows a raw mark, an unfinished link or a half table while words arrive", async () => {
    const source =
      "Some **bold words** and *soft* ones, `code here`, a [link](https://example.com/a_b) and ~~gone~~.\n\n" +
      "See **https://example.com/a_b**, _https://example.com/c d_ and ~~see https://example.com/e f~~.\n\n" +
      "- item **one**\n- [two](src/b.ts)\n\n| a | **b** |\n|---|---|\n| 1 | `x` |\n\nplain\n- list\n";
    const raw = await page.evaluate((text) => {
      const element = document.createElement("div");
      const streamed = new panelMarkdown.StreamedMarkdown(element, { heal: true });
      const seen: string[] = [];
      for (let end = 1; end < text.length; end += 1) {
        streamed.update(text.slice(0, end), true);
        const shown = element.textContent ?? "";
        if (/\*|`|~~|\]\(|\|/.test(shown) || element.querySelector("h3, h4") !== null) seen.push(shown);
      }
      return seen;
    }, source);
    assert.deepEqual(raw, []);
  });

  it("links an address in the text as far as it has come, and nothing that only looks like one", async () => {
    const source =
      "See https://example.com/a_b?c=(d), or HTTP://E.X. Not www.e.x, a@e.x, ftp://e.x, //e.x or `https://e.x`.";
    const links = await page.evaluate((text) => {
      const element = document.createElement("div");
      const streamed = new panelMarkdown.StreamedMarkdown(element, { heal: true });
      const linksAt = (end: number) => {
        streamed.update(text.slice(0, end), end < text.length);
        return [...element.querySelectorAll<HTMLElement>("[role=link]")].map((link) => [
          link.textContent,
          link.dataset["href"],
        ]);
      };
      return [linksAt(18), linksAt(26), linksAt(text.length)];
    }, source);
    assert.deepEqual(links, [
      [["https://exampl", "https://exampl/"]],
      [["https://example.com/a", "https://example.com/a"]],
      [
        ["https://example.com/a_b?c=(d)", "https://example.com/a_b?c=(d)"],
        ["HTTP://E.X", "http://e.x/"],
      ],
    ]);
  });

  it("UX35 keeps a block's element and the selection in it from the moment the block after the next one exists", async () => {
    const changed = await page.evaluate((text) => {
      const element = document.body.appendChild(document.createElement("div"));
      const streamed = new panelMarkdown.StreamedMarkdown(element, { heal: true });
      const known: Element[] = [];
      const lost = new Set<number>();
      for (let end = 1; end <= text.length; end += 1) {
        streamed.update(text.slice(0, end), end < text.length);
        const children = [...element.children];
        for (const [index, node] of known.entries()) if (children[index] !== node) lost.add(index);
        known.push(...children.slice(known.length, -2));
        if (known[0] !== undefined && getSelection()?.isCollapsed !== false)
          getSelection()?.selectAllChildren(known[0]);
      }
      const selected = getSelection()?.toString() ?? "";
      return { lost: [...lost], blocks: known.length, selected, first: element.firstElementChild?.textContent };
    }, `${answer}\n${answer}`);
    assert.deepEqual({ lost: changed.lost, blocks: changed.blocks }, { lost: [], blocks: 10 });
    assert.equal(changed.selected, changed.first);
  });

  it("parses 10,000 nested marks without stalling and without losing text", async () => {
    const texts = await page.evaluate(() => {
      return [">".repeat(10_000), `${"* ".repeat(5_000)}end`, `${"- ".repeat(5_000)}end`].map((source) => {
        const element = document.createElement("div");
        new panelMarkdown.StreamedMarkdown(element, { heal: true }).update(source, false);
        return { depth: element.querySelectorAll("blockquote, ul").length, text: element.textContent?.length ?? 0 };
      });
    });
    assert.deepEqual(
      texts.map(({ depth }) => depth),
      [33, 33, 33],
    );
    assert.ok(texts.every(({ text }) => text > 9_000));
  });
});
