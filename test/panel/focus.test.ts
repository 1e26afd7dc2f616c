import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { answer, approvalRequest, awaitingTool, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("the focus", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
  });

  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const composerHasFocus = () => panel.page.locator("textarea:focus").waitFor();
  const focused = () =>
    panel.page.evaluate(() => {
      const element = document.activeElement;
      return element instanceof HTMLElement ? (element.dataset["approval"] ?? element.tagName) : "";
    });
  const second = { ...approvalRequest, id: "call-4", digest: "ab".repeat(32), title: "Read ../secret.txt?" };
  const armed = (id: string) =>
    panel.page.locator(`[data-approval=${id}] .button-primary:not([aria-disabled=true])`).first().waitFor();

  it("goes from an answered approval to the next card as a whole, and from the last one to the composer", async () => {
    await panel.emit(turnStart("go"), stepStart(), ...awaitingTool(), ...awaitingTool(second));
    await armed("call-3");
    await panel.page.locator("[data-approval=call-3] button").first().press("Enter");
    assert.equal(await focused(), "call-4");
    await panel.page.keyboard.press("Enter");
    assert.equal((await panel.posts()).length, 1);
    await panel.page.keyboard.press("Tab");
    await armed("call-4");
    await panel.page.locator("[data-approval=call-4]").getByRole("button", { name: "Skip" }).press("Enter");
    await panel.emit({ type: "tool-running", id: "call-3", at: Date.now() });
    await panel.emit({ type: "tool-end", id: "call-4", state: "denied", title: "x", result: "", at: Date.now() });
    await composerHasFocus();
  });

  it("leaves a card that was answered elsewhere, or went with its turn, for the composer", async () => {
    for (const ending of ["answered", "stopped"]) {
      await panel.emit(turnStart("go", [], ending), stepStart(), ...awaitingTool());
      await panel.page.locator(".approval-feedback").focus();
      await panel.emit(
        ending === "answered"
          ? { type: "tool-running", id: approvalRequest.id, at: Date.now() }
          : turnEnd({ kind: "cancelled" }),
      );
      await composerHasFocus();
      await panel.emit(turnEnd());
    }
  });

  it("goes to the composer from Continue and Retry once the turn goes on", async () => {
    await panel.emit(turnStart("go"), stepStart(), text("Half"), turnEnd({ kind: "max-tokens" }));
    await button("Continue").press("Enter");
    await panel.emit({ type: "turn-resume", at: Date.now() }, stepStart(2));
    await composerHasFocus();
    await panel.emit(turnEnd({ kind: "interrupted" }));
    await button("Resume").press("Enter");
    await panel.emit({ type: "turn-resume", at: Date.now() }, stepStart(3));
    await composerHasFocus();
  });

  it("goes to the composer from Send, Stop, a suggestion and Scroll to Bottom", async () => {
    await button("Run the tests").press("Enter");
    await composerHasFocus();
    await button("Send").press("Enter");
    await panel.emit(turnStart("go"), stepStart(), text(answer), text(answer));
    await composerHasFocus();
    await button("Stop").press("Enter");
    await panel.emit(turnEnd({ kind: "cancelled" }));
    await composerHasFocus();
    await panel.page.locator(".transcript").evaluate((element) => element.scrollTo(0, 0));
    await button("Scroll to Bottom").press("Enter");
    await composerHasFocus();
  });

  it("waits in the composer while the model picker is open", async () => {
    await panel.page.getByRole("button", { name: /^Model: / }).press("Enter");
    await composerHasFocus();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "selectModel" }]);
  });

  it("stays where the user put it when something else goes", async () => {
    await panel.emit(turnStart("go"), stepStart(), text("[a](src/a.ts)"), ...awaitingTool());
    await panel.page.getByRole("link", { name: "a" }).focus();
    await panel.emit({ type: "tool-running", id: approvalRequest.id, at: Date.now() });
    assert.equal(await focused(), "A");
    await panel.page.locator(".approval").waitFor({ state: "detached" });
    await panel.page.locator(".connection-label").click();
    await panel.emit(turnEnd());
    assert.equal(await focused(), "BODY");
  });
});
