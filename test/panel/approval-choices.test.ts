import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import {
  asking,
  commandRequest,
  editRequest,
  networkRequest,
  newFileRequest,
  secretRead,
} from "../support/panel/approval-scenes.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("ways to answer an approval", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("go"), stepStart());
  });

  const first = secretRead(".env");
  const second = secretRead(".env.local");
  const armed = (selector = ".approval-buttons") =>
    panel.page.locator(`${selector} .button-secondary:not([aria-disabled=true])`).last().waitFor();
  const answer = ({ id, digest }: ApprovalRequest, decision: ApprovalDecision) => {
    return { type: "approve", answer: { id, digest, decision } };
  };
  const focusedCard = () => panel.page.evaluate(() => document.activeElement?.getAttribute("data-approval"));

  it("UX67 are the host's offers with their rules, the narrowest first, and the way to all rules", async () => {
    await panel.emit(...asking(editRequest));
    await armed();
    await panel.page.getByRole("button", { name: "More ways to allow" }).click();
    const items = panel.page.getByRole("menuitem");
    const names = await items.evaluateAll((elements) => elements.map((element) => element.getAttribute("aria-label")));
    assert.deepEqual(names, [
      "Allow edits of src/net/retry-delay.ts: In this Turn",
      "Allow edits of src/net/retry-delay.ts: In this Chat",
      "Allow edits of src/net/retry-delay.ts: Always in this Workspace…",
      "Allow edits below src/net: In this Turn",
      "Allow edits below src/net: In this Chat",
      "Manage Approval Rules…",
    ]);
    const rules = editRequest.offers.map((offer) => offer.rules.join("\n"));
    assert.deepEqual(await panel.page.locator(".menu-group-description").allTextContents(), rules);
    assert.equal(await items.first().getAttribute("title"), rules[0]);
    const partsOfLines = await panel.page
      .locator(".menu-group-description")
      .evaluateAll((elements) =>
        elements.map((element) => element.clientHeight % Number.parseFloat(getComputedStyle(element).lineHeight)),
      );
    assert.deepEqual(partsOfLines.map(Math.round), [0, 0]);
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Enter");
    for (let press = 0; press < 2; press += 1) await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("Enter");
    const grant = { offer: "edit-below", scope: "session" as const };
    assert.deepEqual(await panel.posts(), [
      { type: "command", command: "manageRules" },
      answer(editRequest, { kind: "allow", grant }),
    ]);
  });

  it("stay open after a rule for the workspace was asked for, since a dialog has to confirm it", async () => {
    await panel.emit(...asking(editRequest));
    await armed();
    await panel.page.getByRole("button", { name: "More ways to allow" }).click();
    await panel.page.getByRole("menuitem", { name: /Always in this Workspace…$/ }).click();
    await panel.page.getByRole("button", { name: "Skip", exact: true }).click();
    const grant = { offer: "edit-one", scope: "workspace" as const };
    const posts = await panel.posts();
    assert.deepEqual(posts, [
      answer(editRequest, { kind: "allow", grant }),
      answer(editRequest, { kind: "skip", feedback: "" }),
    ]);
  });

  it("UX71 answer several questions of the first tier at once, which are listed, each by its own id and digest", async () => {
    await panel.emit(...asking(first));
    assert.equal(await panel.page.locator(".batch").count(), 0);
    await panel.emit(...asking(networkRequest), ...asking(second));
    assert.deepEqual(await panel.page.locator(".batch li").allTextContents(), [
      "Read .env? (secret file)",
      "Read .env.local? (secret file)",
    ]);
    const allowAll = panel.page.getByRole("button", { name: "Allow All" });
    assert.equal(await allowAll.getAttribute("aria-disabled"), "true");
    await allowAll.evaluate((button: HTMLButtonElement) => button.click());
    assert.deepEqual(await panel.posts(), []);
    await panel.page.locator(".batch .button-primary:not([aria-disabled=true])").waitFor();
    await allowAll.click();
    assert.deepEqual(await panel.posts(), [answer(first, { kind: "allow" }), answer(second, { kind: "allow" })]);
  });

  it("are told apart in the list by the command or the address, which their titles do not name", async () => {
    const request = {
      ...first,
      title: "Call find_it?",
      details: [{ label: "Request", value: "GET https://a.example" }],
    };
    const command = { ...commandRequest, labels: [], details: commandRequest.details.slice(0, 1) };
    await panel.emit(...asking(request), ...asking(command));
    assert.deepEqual(await panel.page.locator(".batch li").allTextContents(), [
      "Call find_it? GET https://a.example (secret file)",
      "Run this command? cat .env | sed 's/=.*//' | sort > /tmp/names.txt &",
    ]);
  });

  it("UX71 allow nothing at once while one of them was not read to its end, and skip all", async () => {
    await panel.emit(...asking(first), ...asking(newFileRequest));
    await armed(".batch");
    const allowAll = panel.page.getByRole("button", { name: "Allow All" });
    assert.equal(await allowAll.getAttribute("aria-disabled"), "true");
    await panel.page.getByRole("button", { name: "Skip All" }).click();
    assert.deepEqual(await panel.posts(), [
      answer(first, { kind: "skip", feedback: "" }),
      answer(newFileRequest, { kind: "skip", feedback: "" }),
    ]);
  });

  it("G01 go from card to card by F8, and the keys answer the card that has the focus", async () => {
    await panel.page.keyboard.press("F8");
    assert.equal(await focusedCard(), null);
    await panel.emit(...asking(first), ...asking(second));
    await armed(".batch");
    const seen: unknown[] = [];
    for (let press = 0; press < 3; press += 1) {
      await panel.page.keyboard.press("F8");
      seen.push(await focusedCard());
    }
    assert.deepEqual(seen, [first.id, second.id, first.id]);
    await panel.page.keyboard.press("F8");
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.posts(), [answer(second, { kind: "allow" })]);
    assert.equal(await focusedCard(), first.id);
  });

  it("G03 end with the turn: a card that is gone answers nothing", async () => {
    await panel.emit(...asking(first));
    await armed();
    await panel.emit(turnEnd({ kind: "cancelled" }));
    assert.equal(await panel.page.locator(".approval").count(), 0);
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.posts(), []);
  });

  it("G06 are not what is written into the prompt", async () => {
    await panel.emit(...asking(first));
    await armed();
    const prompt = panel.page.getByRole("textbox", { name: /^Prompt/ });
    await prompt.fill("yes, approve it");
    await prompt.press("Enter");
    assert.equal(await panel.page.locator(".approval").count(), 1);
    assert.deepEqual(
      (await panel.posts()).filter(({ type }) => type === "approve"),
      [],
    );
  });

  it("lift a pause only by asking the host to go on", async () => {
    const message = "E_BUDGET: This turn has cost $1.93; the next call may cost more than is left of $2.00.";
    await panel.emit(turnEnd({ kind: "paused", pause: { code: "E_BUDGET", what: "dollars-per-turn", message } }));
    assert.equal(await panel.textOf(".notice-text"), message.replace("E_BUDGET: ", ""));
    await panel.page.getByRole("button", { name: "Continue…" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "resume" }]);
  });
});
