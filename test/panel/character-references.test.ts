import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildModule } from "../support/panel/build-panel.ts";
import { openMarkdownPage } from "../support/panel/markdown-page.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

declare global {
  var references: { readonly characterReferences: ReadonlyMap<string, string> };
}

describe("named character references in an answer", () => {
  const browser = suiteBrowser();

  it("reads each name of the table as the browser does", async () => {
    const page = await openMarkdownPage(browser());
    await page.addScriptTag({ content: await buildModule("webview/markdown/character-references.ts", "references") });
    const { count, wrong } = await page.evaluate(() => {
      const area = document.createElement("textarea");
      const names = [...references.characterReferences];
      const read = names.map(([name, character]) => {
        area.innerHTML = `${name === "NewLine" ? " " : ""}&${name};`;
        return { name, character, expected: area.value.at(-1) };
      });
      return { count: names.length, wrong: read.filter(({ character, expected }) => character !== expected) };
    });
    assert.deepEqual(wrong, []);
    assert.equal(count, 290);
    await page.close();
  });

  it("shows them in text; a name that nobody knows stays as it is", async () => {
    const page = await openMarkdownPage(browser());
    const shown = await page.evaluate(() => {
      document.body.innerHTML = "";
      const source = "a &mdash; b &rarr; &#8364; &#x263A; &lt;b&gt; &nonsense; `&amp;`\n";
      new panelMarkdown.StreamedMarkdown(document.body, { heal: false }).update(source, false);
      return document.body.textContent;
    });
    assert.equal(shown?.trim(), "a — b → € ☺ <b> &nonsense; &amp;");
    await page.close();
  });
});
