import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyChat } from "../../src/protocol/chat-state.ts";
import type { Review } from "../../src/protocol/review.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const changed = (added: number, canRedo = false): Review => ({
  files: [{ path: "/w/a.ts", label: "a.ts", state: "changed", lines: { added, removed: 1 } }],
  canRedo,
});
const nothing: Review = { files: [], canRedo: false };

describe("what is announced of changed files", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  const said = async () => (await panel.page.getByRole("status").allTextContents()).join("");
  const review = async (shown: Review): Promise<string> => {
    await panel.say({ type: "review", review: shown });
    return said();
  };
  const turn = () => panel.emit(turnStart("go", [], "t1"), stepStart(), text("Done."), turnEnd());

  it("UX95 says with the answer that files were changed, and then what Keep and Undo leave of them", async () => {
    await panel.emit(turnStart("go", [], "t1"), stepStart(), text("Done."));
    assert.equal(await review(changed(2)), "Working.");
    await panel.emit(turnEnd());
    const answer = "Answer complete. Done. 1 file is changed. Keep or undo it in the list above the prompt.";
    assert.equal(await said(), answer);
    assert.equal(await review(changed(2)), answer);
    assert.equal(await review(changed(1)), "1 file changed, +1 −1.");
    assert.equal(await review(nothing), "No change is left to keep or undo.");
  });

  it("says nothing of what a chat that is opened has to show", async () => {
    await panel.snapshot(demoContext, emptyChat("s2"));
    assert.equal(await review(changed(2)), "");
    assert.equal(await review(changed(1)), "1 file changed, +1 −1.");
  });

  it("UX95 says that a checkpoint was restored, of files and of the conversation once, and that Redo brought it back", async () => {
    await turn();
    await panel.emit({ type: "rewind", turnId: "t1", messages: 0, at: Date.now() });
    const restored = "Checkpoint restored. Redo brings everything back until you send the next prompt.";
    assert.equal(await said(), restored);
    assert.equal(await review({ ...nothing, canRedo: true }), restored);
    await panel.emit({ type: "rewind-undone", at: Date.now() });
    assert.equal(await said(), "Everything is back.");
    assert.equal(await review(nothing), "Everything is back.");
    assert.equal(await review({ ...nothing, canRedo: true }), restored);
  });

  it("tells the host whether it has the focus", async () => {
    const told = () => panel.page.evaluate(() => window.panelTest.posts.filter(({ type }) => type === "focus"));
    assert.deepEqual(await told(), [{ type: "focus", has: true }]);
    await panel.page.evaluate(() => window.dispatchEvent(new Event("blur")));
    assert.equal((await told()).length, 2);
  });
});
