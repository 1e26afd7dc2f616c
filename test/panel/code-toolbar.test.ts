import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const code = "const a = 1;\n\n  keep(a);";
const answer = `Change \`src/retry.ts:4\`:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nor\n\n\`\`\`sh title="bin/run.sh"\nls\n\`\`\`\n\n\`\`\`\nplain\n\`\`\`\n`;

async function openMenu(panel: PanelPage): Promise<void> {
  await panel.emit(turnStart("go"), stepStart(), text(answer), turnEnd());
  await panel.page.locator(".code-block").first().hover();
  await panel.page.getByRole("button", { name: "More actions for this code" }).first().click();
  await panel.page.getByRole("menuitem").first().waitFor();
}

describe("the toolbar of a code block", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("go"), stepStart(), text(answer), turnEnd());
  });

  const block = (index: number) => panel.page.locator(".code-block").nth(index);
  const press = (index: number, name: string) => block(index).getByRole("button", { name }).click();
  const opacity = () =>
    block(0)
      .locator(".code-toolbar")
      .evaluate((element) => getComputedStyle(element).opacity);

  it("UX38 has a language, the lines as they are, and Copy, Insert at Cursor, Apply in Editor and more", async () => {
    assert.equal(await block(0).locator(".code-language").textContent(), "ts");
    assert.equal(await block(0).locator("code").textContent(), code);
    const names = await block(0)
      .getByRole("button")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
    assert.deepEqual(names, ["Copy code", "Insert at Cursor", "Apply in Editor", "More actions for this code"]);
  });

  it("UX38 hands the code on with its language and the file that the answer names for it", async () => {
    await press(0, "Insert at Cursor");
    await press(0, "Apply in Editor");
    await press(1, "Apply in Editor");
    await press(2, "Insert at Cursor");
    const ts = { type: "code-action", text: code, language: "ts", file: "src/retry.ts" } as const;
    const named = { text: "ls", language: "sh", file: "bin/run.sh" };
    assert.deepEqual(await panel.posts(), [
      { ...ts, action: "insert-at-cursor" },
      { ...ts, action: "apply-in-editor" },
      { type: "code-action", action: "apply-in-editor", ...named },
      { type: "code-action", action: "insert-at-cursor", text: "plain", language: "" },
    ]);
  });

  it("UX38 has Insert into New File and Insert into Terminal in a menu that keys work and that leads back", async () => {
    const more = block(1).getByRole("button", { name: "More actions for this code" });
    await more.focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.getByRole("menuitem").first().waitFor();
    assert.deepEqual(await panel.page.getByRole("menuitem").allTextContents(), [
      "Insert into New File",
      "Insert into Terminal",
    ]);
    assert.equal(await more.getAttribute("aria-expanded"), "true");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Enter");
    await panel.page.getByRole("menuitem").first().waitFor({ state: "detached" });
    assert.ok(await more.evaluate((element) => element === document.activeElement));
    assert.deepEqual(await panel.posts(), [
      { type: "code-action", action: "terminal", text: "ls", language: "sh", file: "bin/run.sh" },
    ]);
    await more.click();
    await panel.page.getByRole("menuitem").first().waitFor();
    await panel.page.keyboard.press("Escape");
    await panel.page.getByRole("menuitem").first().waitFor({ state: "detached" });
    assert.equal(await more.getAttribute("aria-expanded"), "false");
  });

  it("UX39 is seen on hovering, on focus and always in screen-reader mode, and is one stop for Tab", async () => {
    await panel.page.mouse.move(0, 0);
    assert.equal(await opacity(), "0");
    await block(0).hover();
    assert.equal(await opacity(), "1");
    await panel.page.mouse.move(0, 0);
    await block(0).getByRole("button", { name: "Copy code" }).focus();
    assert.equal(await opacity(), "1");
    const focused = () => panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await panel.page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "Insert at Cursor");
    await panel.page.keyboard.press("ArrowLeft");
    await panel.page.keyboard.press("ArrowLeft");
    assert.equal(await focused(), "More actions for this code");
    await panel.page.keyboard.press("Tab");
    assert.equal(await panel.page.evaluate(() => document.activeElement?.nodeName), "PRE");
    await panel.page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    assert.equal(await opacity(), "0");
    await panel.page.evaluate(() => document.body.classList.add("vscode-using-screen-reader"));
    assert.equal(await opacity(), "1");
    assert.equal(await block(0).getByRole("toolbar", { name: "Code block toolbar" }).count(), 1);
  });

  it("UX40 copies, shows a check for a moment and says so", async () => {
    await panel.page.clock.install();
    const copy = block(0).getByRole("button", { name: "Copy code" });
    await copy.click();
    await copy.locator(".icon-check").waitFor();
    assert.equal(await copy.locator(".icon-copy").isVisible(), false);
    assert.equal(await panel.page.evaluate(() => navigator.clipboard.readText()), code);
    assert.equal(await panel.page.getByRole("status").textContent(), "Copied to clipboard");
    await panel.page.clock.runFor(2000);
    assert.equal(await copy.locator(".icon-copy").isVisible(), true);
  });

  it("UX43 scrolls a long line inside the block, wraps it where the setting says so, and has the editor's font", async () => {
    const fence = `\`\`\`\n${"long ".repeat(200)}\n\`\`\`\n`;
    await panel.emit(turnStart("more", [], "turn-2"), stepStart(), text(fence), turnEnd());
    const pre = block(3).locator("pre");
    const isWide = () => pre.evaluate((element) => element.scrollWidth > element.clientWidth);
    assert.equal(await isWide(), true);
    await panel.say({
      type: "context",
      context: {
        ...demoContext,
        display: { thinkingStyle: "collapsed", wrapsCode: true, speaksSteps: true, fontSize: 19 },
      },
    });
    assert.equal(await isWide(), false);
    const styles = await panel.page.evaluate(() =>
      [".prompt-bubble", ".answer .markdown", ".code-block code"].map((selector) => {
        const element = document.querySelector(selector);
        if (element === null) return selector;
        const { fontSize, fontFamily } = getComputedStyle(element);
        const variable = (name: string) => getComputedStyle(document.body).getPropertyValue(name);
        return fontFamily === variable("--vscode-editor-font-family") ? "editor" : fontSize;
      }),
    );
    assert.deepEqual(styles, ["19px", "19px", "editor"]);
  });
});

describe("the accessibility of a code block's menu", () => {
  testEveryTheme(suiteBrowser(), demoContext, { "UX39 UX44 UX97 an open menu": openMenu });
});
