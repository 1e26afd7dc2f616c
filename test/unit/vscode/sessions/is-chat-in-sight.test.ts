import assert from "node:assert/strict";
import { it } from "node:test";
import { type ChatSight, isChatInSight } from "../../../../src/vscode/sessions/is-chat-in-sight.ts";
import { UnseenApprovals } from "../../../../src/vscode/unseen-approvals.ts";

const seen: ChatSight = { isShown: true, isPanelVisible: true, isWindowFocused: true };

it("UX81 a chat is in sight where it is shown, in a panel that is visible, in the window that has the focus", () => {
  assert.equal(isChatInSight(seen), true);
  for (const missing of ["isShown", "isPanelVisible", "isWindowFocused"] as const) {
    assert.equal(isChatInSight({ ...seen, [missing]: false }), false, missing);
  }
});

it("UX81 an approval of the shown chat is told once where the window has no focus, or loses it before it is answered", () => {
  for (const focusAtFirst of [false, true]) {
    const told: string[] = [];
    let sight: ChatSight = { ...seen, isWindowFocused: focusAtFirst };
    const approvals = new UnseenApprovals(
      () => isChatInSight(sight),
      ({ id }) => told.push(id),
    );
    approvals.update([{ id: "a", title: "Run it?" }]);
    assert.deepEqual(told, focusAtFirst ? [] : ["a"]);
    for (const isWindowFocused of [false, true, false]) {
      sight = { ...seen, isWindowFocused };
      approvals.look();
    }
    assert.deepEqual(told, ["a"]);
  }
});
