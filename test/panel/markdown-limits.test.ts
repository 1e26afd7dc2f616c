import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { queuedTool, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

/** Without its bounds the panel needs from many seconds to minutes for each of these. */
const timeout = 30_000;

const inlineBombs: Readonly<Record<string, string>> = {
  brackets: "[".repeat(400_000),
  images: "![".repeat(200_000),
  emphasis: "*a ".repeat(130_000),
  strikethrough: "~~a ".repeat(100_000),
  addresses: "http:".repeat(80_000),
  "half a data image": `![a](data:image/png;base64,${"A".repeat(390_000)}`,
  "one word": "x".repeat(400_000),
};

describe("markdown without measure", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("x"), stepStart());
  });

  const elements = () => panel.page.locator(".answer .markdown *").count();
  const answers = async () => {
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("next");
    await panel.page.keyboard.press("Enter");
    return (await panel.posts()).at(-1);
  };
  const sent = { type: "send", text: "next", attachments: [] };

  it("I20 of a message of 5 MB the beginning is shown, and that there is more", { timeout }, async () => {
    await panel.emit(text("Some *words* and `code`, see [this](https://e.x/a).\n\n".repeat(100_000)), turnEnd());
    assert.match(await panel.textOf(".markdown-cut"), /^The rest of this text is not shown \(5,\d{3}\sKB in all\)\.$/);
    assert.match(await panel.textOf(".answer .markdown"), /More is not shown\.$/);
    assert.equal(await panel.page.locator(".answer .markdown > p").count(), 5001);
    assert.deepEqual(await answers(), sent);
  });

  it("I20 10,000 nested quotes or lists are as deep as anyone writes", { timeout }, async () => {
    await panel.emit(text(`${"> ".repeat(10_000)}x\n\n${"- ".repeat(10_000)}y\n\n${"1. ".repeat(10_000)}z`), turnEnd());
    assert.ok((await elements()) < 500);
    assert.deepEqual(await answers(), sent);
  });

  it("I20 lists that nest by their indentation stay within what is laid out", { timeout }, async () => {
    const lines = Array.from({ length: 10_000 }, (_, depth) => `${"  ".repeat(depth)}- x`);
    await panel.emit(text(lines.join("\n").slice(0, 5_000_000)), turnEnd());
    assert.ok((await elements()) < 5000);
    assert.deepEqual(await answers(), sent);
  });

  it("I20 of a table of 50,000 cells the first are shown, streamed as well", { timeout }, async () => {
    const row = "|1|2|3|4|5|\n";
    await panel.emit(text(`|a|b|c|d|e|\n|-|-|-|-|-|\n${row.repeat(9_000)}`));
    await panel.emit(text(row.repeat(1_000)), turnEnd());
    assert.equal(await panel.page.locator(".answer tbody tr").count(), 2001);
    assert.equal(await panel.page.locator(".answer tbody tr").last().textContent(), "More rows are not shown.");
    assert.deepEqual(await answers(), sent);
  });

  it("I20 of thousands of blocks of code the first are shown", { timeout }, async () => {
    await panel.emit(text("```\nx\n```\n".repeat(40_000)), turnEnd());
    assert.equal(await panel.page.locator(".answer .code-block").count(), 5000);
    assert.deepEqual(await answers(), sent);
  });

  for (const [name, bomb] of Object.entries(inlineBombs)) {
    it(`I20 ${name} of 400,000 characters in one paragraph are shown as they are written`, { timeout }, async () => {
      await panel.emit(text(bomb.slice(0, 390_000)));
      await panel.emit(text(bomb.slice(390_000)), turnEnd());
      assert.equal((await panel.textOf(".answer .markdown")).replaceAll("\n", ""), bomb.trim().slice(0, 400_000));
      assert.deepEqual(await answers(), sent);
    });
  }

  it("I20 output of a tool is unfolded up to a bound, a line of it as long as it may be", { timeout }, async () => {
    await panel.emit(...queuedTool("c1", "test"), { type: "tool-running", id: "c1", at: Date.now() });
    const result = `${"x".repeat(300_000)}\n${"y".repeat(300_000)}`;
    await panel.emit({ type: "tool-end", id: "c1", state: "succeeded", title: "Ran", result, at: Date.now() });
    await panel.page.locator(".tool .disclosure-header").click();
    await panel.page.getByRole("button", { name: /^Show More/ }).click();
    const shown = await panel.page.locator(".plain-output pre").last().textContent();
    assert.equal(shown, "x".repeat(300_000) + "y".repeat(99_999));
    assert.equal(await panel.page.getByText("The rest is not shown.").count(), 1);
  });
});
