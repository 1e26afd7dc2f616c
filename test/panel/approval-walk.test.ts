import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { asking, networkRequest, secretRead } from "../support/panel/approval-scenes.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("the way to an approval", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).focus();
    await panel.emit(turnStart("go"), stepStart());
  });

  const cards = [secretRead(".env"), secretRead(".env.local"), networkRequest] as const;
  const ids = cards.map(({ id }) => id);
  const focused = () => panel.page.evaluate(() => document.activeElement?.getAttribute("data-approval"));
  const walk = async (act: () => Promise<void>, times: number) => {
    const seen: unknown[] = [];
    for (let time = 0; time < times; time += 1) {
      await act();
      seen.push(await focused());
    }
    return seen;
  };
  const press = (name: string) => () => panel.page.getByRole("button", { name, exact: true }).click();

  it("UX70 is Ctrl+Shift+A, which says so where none is waiting", async () => {
    await panel.page.keyboard.press("Control+Shift+A");
    assert.equal(await panel.page.getByRole("status").textContent(), "No approval is waiting.");
    assert.equal(await panel.page.locator("textarea").evaluate((input) => input === document.activeElement), true);
    for (const request of cards) await panel.emit(...asking(request));
    await panel.page.keyboard.press("Control+Shift+A");
    assert.equal(await focused(), ids[0]);
    assert.deepEqual(await panel.posts(), []);
  });

  it("is where the host leads to, whatever had the focus, once it is painted", async () => {
    await panel.emit(...asking(cards[0]));
    await panel.say({ type: "focus-approval" });
    await panel.page.locator(`[data-approval="${ids[0]}"]:focus`).waitFor();
    assert.deepEqual(await panel.posts(), []);
  });

  it("UX71 leads from each of several to the next and to the one before, whatever its tier, by mouse and by key", async () => {
    await panel.emit(...asking(cards[0]));
    assert.equal(await panel.page.locator(".batch, .approval-place").count(), 0);
    await panel.emit(...asking(cards[1]), ...asking(cards[2]));
    assert.equal(await panel.textOf(".batch-count"), "3 approvals");
    assert.deepEqual(await panel.page.locator(".approval-place").allTextContents(), ["1 of 3", "2 of 3", "3 of 3"]);
    assert.deepEqual(await walk(press("Next approval"), 4), [...ids, ids[0]]);
    assert.deepEqual(await walk(press("Previous approval"), 3), ids.toReversed());
    assert.deepEqual(await walk(() => panel.page.keyboard.press("Shift+F8"), 2), [ids[2], ids[1]]);
    assert.deepEqual(await panel.posts(), []);
  });

  it("UX71 is there for two of which only one can be answered in the panel, without an answer to all", async () => {
    await panel.emit(...asking(cards[0]), ...asking(cards[2]));
    assert.equal(await panel.textOf(".batch-count"), "2 approvals");
    assert.equal(await panel.page.getByRole("button", { name: /^(Allow|Skip) All$/ }).count(), 0);
  });
});
