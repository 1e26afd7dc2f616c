import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { forbiddenIn, type HostilePage, openHostilePage, showAnswer } from "../support/panel/hostile-page.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

describe("hostile markdown", () => {
  const browser = suiteBrowser();
  let hostile: HostilePage;
  beforeEach(async () => {
    hostile = await openHostilePage(browser());
  });
  afterEach(() => hostile.close());

  const answer = () => hostile.panel.textOf(".answer .markdown");
  const links = () =>
    hostile.panel.page.locator(".answer [role=link]").evaluateAll((elements) =>
      elements.map((element) => {
        const { href, path, line } = element instanceof HTMLElement ? element.dataset : {};
        return [element.textContent, href ?? (line === undefined ? path : `${path}:${line}`)];
      }),
    );

  it("I05 UX46 a link of another scheme is text, however it is written", async () => {
    const targets = [
      "command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D",
      "COMMAND:workbench.action.quit",
      "vscode://file/etc/passwd",
      "vscode-insiders://x",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "&#106;avascript:alert(1)",
      "javascript&colon;alert(1)",
      "java&#10;script:alert(1)",
      "&#1;javascript:alert(1)",
      "<java\tscript:alert(1)>",
      "data:text/html,x",
      "vbscript:x",
      "mailto:a@example.com",
      "ftp://example.com",
      "blob:https://example.com/x",
      "ms-settings:x",
    ];
    const inline = targets.map((target, index) => `[label ${index}](${target})`);
    const automatic = ["<javascript:alert(1)>", "<command:x.y>", "<vscode://x>", "<a@example.com>"];
    await showAnswer(
      hostile.panel,
      [...inline, ...automatic, "[r]\n\n[r]: command:x.y", "java\nscript:x"].join("\n\n"),
    );
    assert.deepEqual(await links(), []);
    assert.deepEqual(await forbiddenIn(hostile.panel), []);
    const text = await answer();
    assert.deepEqual(
      targets.map((_, index) => `label ${index}`).filter((label) => !text.includes(label)),
      [],
    );
    for (const paragraph of await hostile.panel.page.locator(".answer p").all()) await paragraph.click();
    await hostile.assertSilent();
  });

  it("I06 UX46 a link whose text names another host shows and posts where it really leads, and opens nothing itself", async () => {
    const { panel } = hostile;
    await showAnswer(panel, "[https://aws.amazon.com](https://evil.example/x)");
    const link = panel.page.getByRole("link");
    assert.equal(await link.getAttribute("title"), "https://evil.example/x");
    assert.equal(await link.getAttribute("href"), null);
    const opened: string[] = [];
    panel.page.context().on("page", (page) => opened.push(page.url()));
    await link.click();
    await link.click({ modifiers: ["Control"] });
    await link.click({ button: "middle" });
    await link.press("Enter");
    const wanted = { type: "open-link", href: "https://evil.example/x" };
    assert.deepEqual(await panel.posts(), [wanted, wanted, wanted]);
    assert.deepEqual({ opened, url: panel.page.url() }, { opened: [], url: "https://panel.test/" });
    assert.deepEqual(panel.foreignRequests, []);
  });

  it("I07 a user name before the host is no link; a name of another alphabet is shown as it is looked up", async () => {
    const long = `https://example.com/?q=${"a".repeat(2048)}`;
    const sources = [
      "[a](https://aws.amazon.com@evil.example)",
      "[b](https://aws.amazon.com:x@evil.example/y)",
      "https://aws.amazon.com@evil.example",
      "[c](https://аws.amazon.com/)",
      `[d](${long})`,
    ];
    await showAnswer(hostile.panel, sources.join("\n\n"));
    const { href } = new URL("https://аws.amazon.com/");
    assert.match(href, /^https:\/\/xn--/);
    assert.deepEqual(await links(), [
      ["c", href],
      ["d", long],
    ]);
    const titles = await hostile.panel.page
      .getByRole("link")
      .evaluateAll((elements) => elements.map((element) => element.getAttribute("title")));
    assert.deepEqual(titles, [href, long]);
    await hostile.assertSilent();
  });

  it("I08 a path inside the workspace asks for its file, with its line; every other path is text", async () => {
    const inside = ["[f](src/a.ts:10)", "[g](src/a%20b.ts#L12)", "`src/net/retry.ts:7`"];
    const outside = [
      "[h](../../etc/passwd)",
      "[i](/etc/passwd)",
      "[j](src/../../x)",
      "[k](C:\\\\Windows\\\\x)",
      "[l](\\\\\\\\host\\\\share)",
      "[m](~/x)",
      "[n](//evil.example/x)",
      "[o](src/%2e%2e/%2e%2e/x)",
      "`../x.ts:1`",
    ];
    await showAnswer(hostile.panel, [...inside, ...outside].join("\n\n"));
    assert.deepEqual(await links(), [
      ["f", "src/a.ts:10"],
      ["g", "src/a b.ts:12"],
      ["src/net/retry.ts:7", "src/net/retry.ts:7"],
    ]);
    await hostile.panel.page.getByRole("link", { name: "f", exact: true }).click();
    assert.deepEqual(await hostile.panel.posts(), [{ type: "open-file", path: "src/a.ts", line: 10 }]);
  });

  it("I09 UX48 raw HTML is text and runs nothing", async () => {
    const { panel } = hostile;
    const markup = [
      "<script>window.ran = true</script>",
      '<b onclick="window.ran = true">x</b>',
      '<form action="https://evil.example"><button>Go</button></form>',
      '<style>@import "https://evil.example/x.css"; body { display: none }</style>',
      '<base href="https://evil.example/">',
      '<a href="javascript:window.ran = true">x</a>',
      "<svg onload=window.ran=true></svg>",
      "<!-- x --><![CDATA[x]]><?x?>",
    ];
    await showAnswer(panel, [...markup, ...markup.map((tag) => `- x ${tag}`)].join("\n\n"));
    assert.deepEqual(await forbiddenIn(panel), []);
    assert.equal(await panel.page.locator(".answer .markdown :is(b, form, button, [onclick])").count(), 0);
    const shown = await answer();
    assert.deepEqual(
      markup.filter((tag) => !shown.includes(tag)),
      [],
    );
    assert.equal(await panel.page.evaluate(() => Object.hasOwn(window, "ran")), false);
    await hostile.assertSilent();
  });

  it("I10 there is no mermaid: a diagram is a block of code", async () => {
    const source =
      '%%{init: {"securityLevel": "loose"}}%%\ngraph TD\n A["<img src=x onerror=alert(1)>"]\n click A href "javascript:alert(1)"';
    await showAnswer(hostile.panel, `\`\`\`mermaid\n${source}\n\`\`\``);
    assert.equal(await hostile.panel.textOf(".answer code"), source);
    assert.deepEqual(await forbiddenIn(hostile.panel), []);
    assert.deepEqual(await links(), []);
    await hostile.assertSilent();
  });

  it("I11 there is no KaTeX: formulas are text", async () => {
    const formulas = [
      "\\href{javascript:alert(1)}{x}",
      "\\includegraphics{x.png}",
      "\\htmlData{a=b}{x}",
      "\\def\\a{\\a\\a}\\a",
    ];
    await showAnswer(hostile.panel, formulas.map((formula) => `$$${formula}$$ and $${formula}$`).join("\n\n"));
    assert.equal(
      await hostile.panel.page.locator(".answer .markdown :is(.katex, math, [role=link], span[style])").count(),
      0,
    );
    const shown = await answer();
    assert.deepEqual(
      formulas.filter((formula) => !shown.includes(formula)),
      [],
    );
    await hostile.assertSilent();
  });
});
