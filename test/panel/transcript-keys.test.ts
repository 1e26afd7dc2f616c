import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { awaitingTool, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("keys in the transcript", () => {
  let panel: PanelPage;
  openPanelForEach({ height: 500 }, async (opened) => {
    panel = opened;
    const filler = "Words.\n\n".repeat(12);
    for (const turn of ["one", "two", "three"]) {
      const fence = `\`\`\`\ncode of ${turn}\n\`\`\`\n\n`;
      await panel.emit(
        turnStart(`prompt ${turn}`, [], turn),
        stepStart(),
        text(`${filler}${fence}${filler}`),
        turnEnd(),
      );
    }
    await panel.page.getByRole("textbox").focus();
  });

  const focused = () =>
    panel.page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
    );
  const isVisible = () =>
    panel.page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      const view = document.querySelector(".transcript")?.getBoundingClientRect();
      return box !== undefined && view !== undefined && box.top < view.bottom && box.bottom > view.top;
    });
  /** The keys lead to a part of the panel that is loaded with the first of them. */
  const press = async (key: string, expected: RegExp) => {
    await panel.page.keyboard.press(key);
    await panel.page.waitForFunction((source) => {
      const { activeElement } = document;
      const name = activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
      return new RegExp(source).test(name);
    }, expected.source);
    assert.equal(await isVisible(), !expected.source.startsWith("^Prompt"), key);
  };

  it("UX96 Ctrl+Up leads from the composer to the last response, the arrows walk, Ctrl+Down returns", async () => {
    await press("Control+ArrowUp", /^Outcrop: Words\. Words\./);
    await press("ArrowUp", /^You: prompt three$/);
    await press("ArrowUp", /^Outcrop: Words/);
    await press("ArrowUp", /^You: prompt two$/);
    await press("ArrowDown", /^Outcrop: Words/);
    await press("ArrowDown", /^You: prompt three$/);
    await press("Control+ArrowDown", /^Prompt\. /);
    await press("Control+ArrowUp", /^Outcrop: Words/);
    await press("ArrowDown", /^Prompt\. /);
    assert.equal(await panel.page.locator(".turns > * > [aria-label]").count(), 0);
  });

  it("UX96 is a list of turns, each named by its author", async () => {
    const list = panel.page.getByRole("list", { name: "Conversation" });
    const authors = await list
      .locator(":scope > * > li")
      .evaluateAll((nodes) => nodes.map((node) => node.querySelector("h2")?.textContent));
    assert.deepEqual(authors, ["You", "Outcrop", "You", "Outcrop", "You", "Outcrop"]);
  });

  it("UX53 Ctrl+Alt+Up and Down lead from prompt to prompt", async () => {
    await press("Control+Alt+ArrowUp", /^You: prompt three$/);
    await press("Control+Alt+ArrowUp", /^You: prompt two$/);
    await press("Control+Alt+ArrowUp", /^You: prompt one$/);
    await panel.page.keyboard.press("Control+Alt+ArrowUp");
    await panel.page.getByRole("status").getByText("No earlier prompt.").waitFor();
    await press("Control+Alt+ArrowDown", /^You: prompt two$/);
  });

  it("UX53 Ctrl+Alt+Page Up and Page Down lead from code block to code block", async () => {
    await press("Control+Alt+PageUp", /^code of three$/);
    await press("Control+Alt+PageUp", /^code of two$/);
    await press("Control+Alt+PageDown", /^code of three$/);
    await panel.page.keyboard.press("Control+Alt+PageDown");
    await panel.page.getByRole("status").getByText("No later code block.").waitFor();
  });

  it("UX53 leaves the arrows to the composer and to what is inside a turn", async () => {
    await panel.page.getByRole("textbox").fill("draft");
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("ArrowRight");
    assert.equal(await panel.page.getByRole("textbox").evaluate((input) => Object(input).selectionStart), 1);
    await panel.page.locator("pre").last().focus();
    await panel.page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "code of three");
  });

  it("UX55 pins nothing over an approval", async () => {
    const pinned = panel.page.locator(".sticky-prompt");
    await pinned.filter({ hasText: "prompt three" }).waitFor();
    await panel.emit(turnStart("four", [], "four"), stepStart(), text("Words.\n\n".repeat(40)), ...awaitingTool());
    await pinned.waitFor({ state: "hidden" });
    await panel.page.locator(".transcript").evaluate((scroller) => {
      scroller.scrollTop -= 400;
    });
    await panel.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    assert.equal(await pinned.isVisible(), false);
  });

  it("UX55 pins the prompt that was scrolled past, and leads back to it", async () => {
    const pinned = panel.page.locator(".sticky-prompt");
    const scrollTo = (selector: string, offset: number) =>
      panel.page.locator(".transcript").evaluate(
        (scroller, [target = "", by]) => {
          const element = [...scroller.querySelectorAll(String(target))][1];
          scroller.scrollTop += (element?.getBoundingClientRect().top ?? 0) - Number(by);
        },
        [selector, offset] as const,
      );
    await scrollTo(".answer", -100);
    await pinned.filter({ hasText: "prompt two" }).waitFor();
    await pinned.click();
    await pinned.waitFor({ state: "hidden" });
    assert.match((await focused()) ?? "", /prompt two/);
    assert.equal(await isVisible(), true);
    await panel.page.locator(".transcript").evaluate((scroller) => {
      scroller.scrollTop = 0;
    });
    await pinned.waitFor({ state: "hidden" });
  });
});
