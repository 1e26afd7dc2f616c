import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../src/protocol/chat-state.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { runningTool, stepEnd, stepStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("a call that runs for long", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    await panel.emit(...before);
  });

  const before: readonly ChatEvent[] = [
    turnStart("go"),
    stepStart(),
    ...runningTool("c1", "run_command", "Running npm run watch", "{}"),
    stepEnd("tool_use"),
  ];
  const lasting = (endsAt: number | null): ChatEvent => ({
    type: "tool-still-running",
    id: "c1",
    endsAt,
    at: Date.now(),
  });
  const button = (name: string) => panel.page.locator(".running-choices").getByRole("button", { name });
  const disabled = () =>
    panel.page.locator(".running-choices button").evaluateAll((all) => all.map((one) => one.ariaDisabled));
  const choose = (choice: string) => ({ type: "choose-running", id: "c1", choice });

  it("offers nothing at first, then its choices, and says so", async () => {
    assert.equal(await panel.page.locator(".running-choices").count(), 0);
    await panel.emit(lasting(Date.now() + 90_000));
    assert.match(
      await panel.textOf(".running-choices"),
      /^Still running, ends in 9\d.sKeep WaitingShow TerminalContinue in BackgroundStop$/,
    );
    assert.equal(
      await panel.page.getByRole("status").textContent(),
      "Still running: Running npm run watch. You can keep waiting, let it continue in the background, or stop it.",
    );
  });

  it("is waited for: the time limit goes, the other choices stay, and the focus with them", async () => {
    await panel.emit(lasting(Date.now() + 90_000));
    await button("Keep Waiting").focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), [choose("wait")]);
    await panel.emit(lasting(null));
    assert.equal(await panel.textOf(".running-choices span"), "Still running");
    assert.deepEqual(await disabled(), ["true", "false", "false", "false"]);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), "Keep Waiting");
    await button("Stop").click();
    assert.deepEqual(await panel.posts(), [choose("wait"), choose("stop")]);
    assert.deepEqual(await disabled(), ["true", "false", "true", "true"]);
  });

  it("is left to run, once; when the row goes the composer has the focus", async () => {
    await panel.emit(lasting(Date.now() + 90_000));
    await button("Continue in Background").click();
    await button("Continue in Background").click({ force: true });
    assert.deepEqual(await panel.posts(), [choose("use-output")]);
    const title = "Started npm run watch, it goes on running";
    await panel.emit({ type: "tool-end", id: "c1", state: "succeeded", title, result: "ready", at: Date.now() });
    assert.equal(await panel.page.locator(".running-choices").count(), 0);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  });

  it("offers the same after a reload of the panel: the host holds the state", async () => {
    const chat = [...before, lasting(null)].reduce(reduceChat, emptyChat("session-1"));
    await panel.snapshot(bedrockContext, chat);
    assert.deepEqual(await disabled(), ["true", "false", "false", "false"]);
    await button("Continue in Background").click();
    assert.deepEqual(await panel.posts(), [choose("use-output")]);
  });
});
