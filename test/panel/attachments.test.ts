import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import type { Attachment } from "../../src/protocol/attachment.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { attachment, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const image: Attachment = { id: "i1", kind: "image", label: "screen.png", detail: "40×20, 2 KB" };
const refused: Attachment = { ...image, id: "i2", problem: "Not sent: the chosen model does not support images." };
const page: Attachment = { id: "u1", kind: "url", label: "example.com", path: "https://example.com/" };
const instructions: Attachment = {
  ...{ id: "n1", kind: "instructions", label: "AGENTS.md", path: "AGENTS.md" },
  detail: "Repository instructions (12 lines), part of every request",
};

describe("what goes along with a prompt", () => {
  let panel: PanelPage;
  let input: Locator;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
  });
  const show = (...attachments: readonly Attachment[]) =>
    panel.say({ type: "context", context: { ...bedrockContext, attachments } });
  const implicit = (enabled: boolean, given: Attachment) =>
    panel.say({ type: "context", context: { ...bedrockContext, implicit: { attachment: given, enabled } } });
  const button = (name: string | RegExp) => panel.page.getByRole("button", { name });

  it("UX23 is a chip with icon, name and range, whose hover is the path and whose press opens it", async () => {
    await show(attachment);
    const chip = button("retry-delay.ts:10-20, attached file, src/net/retry-delay.ts, line 10 to line 20");
    assert.equal(await chip.textContent(), "retry-delay.ts:10-20");
    assert.equal(await chip.locator(".icon").count(), 1);
    assert.equal(await panel.page.locator(".chip").getAttribute("title"), "src/net/retry-delay.ts:10-20");
    await chip.click();
    assert.deepEqual(await panel.posts(), [{ type: "open-attachment", id: "a1" }]);
  });

  it("UX23 Delete and Backspace remove the chip that has the focus, and the caret is in the composer again", async () => {
    for (const key of ["Delete", "Backspace"]) {
      await show(attachment);
      await button(/, attached file,/).press(key);
      assert.deepEqual((await panel.posts()).at(-1), { type: "remove-attachment", id: "a1" });
      assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    }
  });

  it("UX23 every kind is named for what it is", async () => {
    await show(
      { id: "1", kind: "file", label: "a.ts", path: "src/a.ts" },
      { id: "2", kind: "folder", label: "src", path: "src" },
      { id: "3", kind: "symbol", label: "retry", path: "src/a.ts", startLine: 1, endLine: 9 },
      { id: "4", kind: "problems", label: "Problems" },
      { id: "5", kind: "changes", label: "Changes" },
      { id: "6", kind: "terminal", label: "Terminal selection" },
      { ...image, id: "7" },
      { id: "8", kind: "pasted", label: "Pasted text #1 – 90 lines" },
      { ...page, id: "9" },
    );
    const names = await panel.page.locator(".chip-button").evaluateAll((all) => all.map((one) => one.ariaLabel));
    assert.deepEqual(names, [
      "a.ts, attached file, src/a.ts",
      "src, attached folder, src",
      "retry, attached symbol",
      "Problems, attached context",
      "Changes, attached context",
      "Terminal selection, attached context",
      "screen.png, attached image",
      "Pasted text #1 – 90 lines, attached context",
      "example.com, attached page",
    ]);
  });

  it("UX23 is on the prompt in the transcript as well, and opens from there", async () => {
    await panel.emit(
      turnStart("explain", [attachment, page, instructions, { id: "p", kind: "pasted", label: "Pasted" }]),
    );
    const chips = panel.page.locator(".prompt-chips");
    assert.deepEqual(await chips.locator(".chip-label").allTextContents(), [
      ...["retry-delay.ts:10-20", "example.com", "AGENTS.md", "Pasted"],
    ]);
    await chips.getByRole("button", { name: /attached file/ }).click();
    await chips.getByRole("button", { name: /attached page/ }).click();
    await chips.getByRole("button", { name: "AGENTS.md, repository instructions" }).click();
    assert.deepEqual(await panel.posts(), [
      { type: "open-file", path: "src/net/retry-delay.ts", line: 10 },
      { type: "open-link", href: "https://example.com/" },
      { type: "open-file", path: "AGENTS.md" },
    ]);
    assert.equal(await chips.getByRole("button").count(), 3);
  });

  it("UX30 what the chosen model cannot take is flagged with the reason, before it is sent and after", async () => {
    await show(refused);
    const words =
      "screen.png not sent, screen.png, attached image, Not sent: the chosen model does not support images.";
    assert.equal(await button(words).textContent(), "screen.png not sent");
    await panel.emit(turnStart("look", [refused]));
    assert.match(await panel.textOf(".prompt-chips"), /not sent.*does not support images/);
  });

  it("UX24 the active file is only suggested, and one press asks to take it along", async () => {
    await implicit(false, { id: "implicit", kind: "file", label: "a.ts", path: "src/a.ts" });
    const chip = button("a.ts, the active editor");
    assert.equal(await chip.getAttribute("aria-pressed"), "false");
    await input.fill("explain");
    await input.press("Enter");
    await chip.click();
    assert.deepEqual(await panel.posts(), [
      { type: "send", text: "explain", attachments: [] },
      { type: "toggle-implicit" },
    ]);
  });

  it("UX24 a selection is shown as taken along", async () => {
    await implicit(true, { ...attachment, kind: "selection" });
    const chip = button("retry-delay.ts:10-20, selection in the active editor, line 10 to line 20");
    assert.equal(await chip.getAttribute("aria-pressed"), "true");
  });

  it("UX22 Add Context… and Ctrl+/ ask for VS Code's own list", async () => {
    await button("Add Context…").click();
    await input.press("Control+/");
    const command = { type: "command", command: "addContext" };
    assert.deepEqual(await panel.posts(), [command, command]);
  });
});
