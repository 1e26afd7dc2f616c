import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { accessibilityFaults } from "../support/panel/accessibility-checks.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("slash commands", () => {
  let panel: PanelPage;
  let input: Locator;
  openPanelForEach({}, (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
  });
  const send = async (text: string) => {
    await input.fill(text);
    await input.press("Enter");
    // The list, where it is open, closes at the first Enter of a command that it completes.
    if ((await input.inputValue()) !== "") await input.press("Enter");
  };
  const posts = async () =>
    (await panel.posts()).filter(({ type }) => type !== "find-prompts" && type !== "find-context");

  it("UX33 /clear, /compact, /models, /rename, /fork and /export do what their names say", async () => {
    for (const text of ["/clear", "/compact", "/models", "/rename The retry bug", "/rename", "/fork", "/export"]) {
      await send(text);
      assert.equal(await input.inputValue(), "", text);
    }
    assert.deepEqual(await posts(), [
      { type: "new-chat" },
      { type: "compact", typed: true },
      { type: "command", command: "selectModel" },
      { type: "command", command: "renameChat", argument: "The retry bug" },
      { type: "command", command: "renameChat" },
      { type: "command", command: "forkChat" },
      { type: "command", command: "exportChat" },
    ]);
  });

  it("UX33 they work while an answer runs", async () => {
    await panel.emit(turnStart("go"), stepStart());
    await send("/models");
    assert.deepEqual(await posts(), [{ type: "command", command: "selectModel" }]);
  });

  it("UX33 an unknown command, one with words that it does not take, /init and a path are sent as text", async () => {
    const texts = ["/unknown thing", "/clear the cache of the build", "/init in German", "/usr/bin/env is missing"];
    for (const text of texts) await send(text);
    assert.deepEqual(
      await posts(),
      texts.map((text) => ({ type: "send", text, attachments: [] })),
    );
  });

  it("UX33 /help shows what can be typed; Escape closes it and the caret is in the composer again", async () => {
    await send("/help");
    const card = panel.page.getByRole("region", { name: "What can be typed here" });
    await card.waitFor();
    await panel.say({ type: "prompts-found", prompts: [{ name: "review", description: "Reviews a change" }] });
    const text = (await card.textContent()) ?? "";
    for (const word of ["/compact", "/reviewReviews a change", "# or @", "Ctrl+/"])
      assert.ok(text.includes(word), word);
    assert.deepEqual(await accessibilityFaults(panel), []);
    await panel.page.keyboard.press("Escape");
    assert.equal(await card.count(), 0);
    assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    assert.deepEqual(await posts(), []);
  });
});
