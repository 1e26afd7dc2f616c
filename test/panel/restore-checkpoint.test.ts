import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Review } from "../../src/protocol/review.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const detail =
  "Will be restored:\n  src/a.ts\n\n⚠ Changed since by you or another program; those changes will be lost:\n  src/b.ts";
const offer = (hasFiles: boolean): Review => {
  const restore = { turnId: "t1", detail: hasFiles ? detail : "", hasFiles };
  return { files: [], canRedo: false, restore };
};

describe("the question whether to restore a checkpoint", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("first", [], "t1"), stepStart(), turnEnd());
    await panel.emit(turnStart("second", [], "t2"), stepStart(), turnEnd());
    await opener().first().focus();
    await panel.page.keyboard.press("Enter");
  });

  const opener = () => panel.page.getByRole("button", { name: "Restore Checkpoint…" });
  const question = () => panel.page.getByRole("region", { name: "Restore the checkpoint before this prompt?" });
  const buttons = () => question().locator("button[aria-disabled=false]").allTextContents();
  const both = "Restore Files and Conversation";

  it("UX89 stands below its prompt, says what is taken back, and waits for what the host says of files", async () => {
    const text = await question().locator("div").nth(1).textContent();
    const words =
      "This prompt and 1 later one will be removed from the conversation; the text returns to the input box.";
    assert.equal(text, `${words} Redo brings everything back until you send the next prompt.`);
    assert.equal(await question().locator(".restore-files").textContent(), "Looking at the files…");
    assert.deepEqual(await buttons(), ["Restore Conversation Only", "Cancel"]);
    await panel.say({ type: "review", review: offer(true) });
    assert.deepEqual(await buttons(), [both, "Restore Files Only", "Restore Conversation Only", "Cancel"]);
    await question().getByRole("button", { name: both }).press("Enter");
    assert.deepEqual(await panel.posts(), [
      { type: "plan-restore", turnId: "t1" },
      { type: "restore", turnId: "t1", scope: "both" },
    ]);
    assert.equal(await question().count(), 0);
  });

  it("UX90 lists the files, among them those that the user changed since", async () => {
    await panel.say({ type: "review", review: offer(true) });
    assert.equal(await question().locator(".restore-files").textContent(), detail);
  });

  it("stays in sight, whatever comes below it", async () => {
    await panel.page.setViewportSize({ width: 300, height: 600 });
    await panel.say({ type: "review", review: offer(true) });
    await panel.emit(turnStart("third", [], "t3"), stepStart(), text("a\n\nb\n\nc\n\nd\n\ne"));
    const [scroller, box] = await Promise.all([
      panel.page.locator(".transcript").boundingBox(),
      question().boundingBox(),
    ]);
    assert.ok((box?.y ?? 0) + 1 >= (scroller?.y ?? 1), `${box?.y} px`);
  });

  it("offers no files where none has to be changed", async () => {
    await panel.say({ type: "review", review: offer(false) });
    assert.equal(await question().locator(".restore-files").textContent(), "No file has to be changed.");
    assert.deepEqual(await buttons(), ["Restore Conversation Only", "Cancel"]);
  });

  it("says of a turn that may still change files that it has changed none so far, and offers them", async () => {
    await panel.say({
      type: "review",
      review: { files: [], canRedo: false, restore: { turnId: "t1", detail: "", hasFiles: true } },
    });
    assert.equal(await question().locator(".restore-files").textContent(), "No file has to be changed so far.");
    assert.deepEqual(await buttons(), [both, "Restore Files Only", "Restore Conversation Only", "Cancel"]);
  });

  it("is answered by no key that is pressed twice, and closed by Escape and by Cancel", async () => {
    await panel.say({ type: "review", review: offer(true) });
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Escape");
    assert.equal(await question().count(), 0);
    assert.equal(
      await opener()
        .first()
        .evaluate((button) => button === document.activeElement),
      true,
    );
    await panel.page.keyboard.press("Enter");
    await question().getByRole("button", { name: "Cancel" }).click();
    assert.equal(await question().count(), 0);
    const plan = { type: "plan-restore", turnId: "t1" };
    assert.deepEqual(await panel.posts(), [plan, plan]);
  });

  it("says of a running turn that it ends", async () => {
    await panel.emit(turnStart("third", [], "t3"));
    assert.match((await question().textContent()) ?? "", /and 2 later ones will be removed.+The running turn ends\./);
  });
});

describe("accessibility of the question whether to restore a checkpoint", () => {
  testEveryTheme(suiteBrowser(), demoContext, {
    question: async (panel) => {
      await panel.emit(turnStart("first", [], "t1"), stepStart(), turnEnd());
      await panel.page.getByRole("button", { name: "Restore Checkpoint…" }).click();
      await panel.say({ type: "review", review: offer(true) });
    },
  });
});
