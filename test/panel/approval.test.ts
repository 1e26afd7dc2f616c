import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import type { ApprovalDecision } from "../../src/protocol/approval.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { approvalRequest, awaitingTool, stepStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("an approval", () => {
  let panel: PanelPage;
  let allow: Locator;
  let input: Locator;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    allow = panel.page.getByRole("button", { name: "Allow Once" });
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
    await input.focus();
    await panel.emit(turnStart("test"), stepStart(), ...awaitingTool());
  });

  const armed = () => panel.page.locator(".approval .button-primary:not([aria-disabled=true])").first().waitFor();
  const answerOf = (decision: ApprovalDecision) => ({
    type: "approve",
    answer: { id: approvalRequest.id, digest: approvalRequest.digest, decision },
  });

  it("G07 UX66 UX69 shows question, exact values and reason, leaves the focus alone and is announced", async () => {
    const card = panel.page.locator(".approval");
    assert.equal(await panel.textOf(".approval-title"), 'Run task "test"?');
    assert.deepEqual(
      await card.locator("dd").allTextContents(),
      approvalRequest.details.map(({ value }) => value),
    );
    assert.match(await panel.textOf(".approval-reason"), /Running a task executes a program/);
    assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    assert.match((await panel.page.getByRole("alert").textContent()) ?? "", /^Approval required: Run task "test"\?/);
  });

  it("G07 UX72 ignores clicks and keys until it has been on screen for half a second", async () => {
    const { clock, keyboard } = panel.page;
    await panel.emit({ type: "tool-running", id: approvalRequest.id, at: 1 });
    // From here on time passes only as the test lets it, however slow the machine is.
    await clock.install({ time: 0 });
    await clock.pauseAt(1_000);
    const second = { ...approvalRequest, id: "call-9", digest: "ab".repeat(32) };
    const coming = panel.emit(...awaitingTool(second));
    await clock.runFor(100);
    await coming;
    for (const milliseconds of [0, 350]) {
      await clock.runFor(milliseconds);
      assert.equal(await allow.getAttribute("aria-disabled"), "true");
      await allow.evaluate((button: HTMLButtonElement) => button.click());
      await keyboard.press("Control+Enter");
      assert.deepEqual(await panel.posts(), []);
    }
    await clock.runFor(200);
    await armed();
    await allow.click();
    const { id, digest } = second;
    assert.deepEqual(await panel.posts(), [{ type: "approve", answer: { id, digest, decision: { kind: "allow" } } }]);
  });

  it("G02 UX69 is answered once, by id and digest, and the focus goes back to the composer from the card", async () => {
    await armed();
    await allow.focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Control+Enter");
    await panel.page.locator("textarea:focus").waitFor();
    assert.deepEqual(await panel.posts(), [answerOf({ kind: "allow" })]);
  });

  it("UX68 is allowed by Ctrl+Enter and skipped by Ctrl+Alt+Enter", async () => {
    await armed();
    const skip = panel.page.getByRole("button", { name: "Skip", exact: true });
    assert.deepEqual(
      [await allow.getAttribute("title"), await skip.getAttribute("title")],
      ["Allow once (Ctrl+Enter)", "Go on without this (Ctrl+Alt+Enter)"],
    );
    await panel.page.keyboard.press("Control+Alt+Enter");
    assert.deepEqual(await panel.posts(), [answerOf({ kind: "skip", feedback: "" })]);
    const second = { ...approvalRequest, id: "call-9", digest: "ab".repeat(32) };
    await panel.emit({
      type: "tool-end",
      id: approvalRequest.id,
      state: "denied",
      title: "Skipped",
      result: "",
      at: 1,
    });
    await panel.emit(...awaitingTool(second));
    await armed();
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual((await panel.posts()).at(-1), {
      type: "approve",
      answer: { id: second.id, digest: second.digest, decision: { kind: "allow" } },
    });
  });

  it("G07 UX68 UX69 UX72 is not answered by keys while the composer has a draft, by plain Enter, or by a held key", async () => {
    await armed();
    await input.fill("draft");
    await panel.page.keyboard.press("Control+Enter");
    await panel.page.keyboard.press("Control+Alt+Enter");
    await input.fill("");
    await panel.page.keyboard.press("Enter");
    await input.dispatchEvent("keydown", { key: "Enter", ctrlKey: true, repeat: true, bubbles: true });
    await allow.focus();
    const prevented = await allow.evaluate(
      (button) =>
        !button.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", repeat: true, bubbles: true, cancelable: true }),
        ),
    );
    assert.equal(prevented, true);
    assert.deepEqual(await panel.posts(), []);
  });

  it("tells the model why it is skipped", async () => {
    await armed();
    await panel.page.getByPlaceholder("Reason for skipping (optional)").fill("Use the unit tests only");
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.posts(), []);
    await panel.page.getByRole("button", { name: "Skip", exact: true }).click();
    assert.deepEqual(await panel.posts(), [answerOf({ kind: "skip", feedback: "Use the unit tests only" })]);
  });

  it("UX67 offers the session in a menu that the keyboard works, and only where the host offers it", async () => {
    await armed();
    await panel.page.getByRole("button", { name: "More ways to allow" }).press("Enter");
    await panel.page.keyboard.press("Escape");
    await panel.page.getByRole("menu").waitFor({ state: "detached" });
    await panel.page.keyboard.press("Enter");
    await panel.page.getByRole("menuitem", { name: 'Allow the task "test" as it is now: In this Chat' }).press("Enter");
    assert.deepEqual(await panel.posts(), [answerOf({ kind: "allow", grant: { offer: "offer-1", scope: "session" } })]);
    await panel.emit(
      ...awaitingTool({ ...approvalRequest, id: "call-9", tier: 1, labels: [], warnings: [], offers: [] }),
    );
    assert.equal(
      await panel.page.locator("[data-approval=call-9]").getByRole("button", { name: "More ways" }).count(),
      0,
    );
  });

  it("shows markup and hidden characters in its values as they are", async () => {
    const details = [{ label: "Command", value: "rm <b>-rf</b> \u202egpj.x" }];
    await panel.emit(...awaitingTool({ ...approvalRequest, id: "call-9", details }));
    const shown = await panel.textOf("[data-approval=call-9] dd");
    assert.equal(shown, "rm <b>-rf</b> ⟦U+202E⟧gpj.x");
  });

  it("goes when the host closes it", async () => {
    await panel.emit({ type: "tool-running", id: approvalRequest.id, at: Date.now() });
    assert.equal(await panel.page.locator(".approval").count(), 0);
  });
});
