import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Review } from "../../src/protocol/review.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach, suiteBrowser } from "../support/panel/suite-panel.ts";

const review: Review = {
  files: [
    { path: "/w/src/a.ts", label: "src/a.ts", state: "changed", lines: { added: 12, removed: 3 } },
    { path: "/w/new.ts", label: "new.ts", state: "created", lines: { added: 1, removed: 0 } },
    { path: "/w/key.pem", label: "key.pem", state: "changed", notKept: true },
    { path: "/w/old.ts", label: "old.ts", state: "deleted", lines: { added: 0, removed: 9 } },
  ],
  canRedo: false,
};

describe("the list of changed files above the composer", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  it("UX84 is one line, and unfolds to the files, each to be opened, kept and undone by the keyboard", async () => {
    assert.equal(await panel.page.locator(".changes").count(), 0);
    await panel.say({ type: "review", review });
    assert.equal(await panel.textOf(".changes-count"), "4 files changed +13 −12");
    await panel.page.locator(".changes-list button").first().focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.page.locator(".changes-list li").allInnerTexts(), [
      "Show changes of src/a.ts\na.ts src\n+12 −3",
      "Show changes of new.ts\nnew.ts\nnew\n+1",
      "Show changes of key.pem\nkey.pem",
      "Show changes of old.ts\nold.ts\ndeleted\n−9",
    ]);
    for (const name of ["Show changes of src/a.ts", "Keep src/a.ts", "Undo src/a.ts"]) {
      await panel.page.getByRole("button", { name }).focus();
      await panel.page.keyboard.press("Enter");
    }
    const path = "/w/src/a.ts";
    assert.deepEqual(await panel.posts(), [
      { type: "review", action: "open", path },
      { type: "review", action: "keep", path },
      { type: "review", action: "undo", path },
    ]);
  });

  it("UX86 has Keep All, Undo All and Show Changes; what is not kept cannot be undone", async () => {
    await panel.say({ type: "review", review });
    for (const name of ["Keep All", "Undo All…", "Show Changes"]) {
      await panel.page.getByRole("button", { name, exact: true }).click();
    }
    await panel.page.locator(".changes-list button").first().click();
    const undo = panel.page.getByRole("button", { name: "Undo key.pem" });
    assert.equal(await undo.getAttribute("aria-disabled"), "true");
    await undo.click({ force: true });
    assert.deepEqual(await panel.posts(), [
      { type: "review", action: "keep" },
      { type: "review", action: "undo" },
      { type: "review", action: "open" },
    ]);
  });

  it("leaves the focus at the next file when one is kept by the keyboard, and in the composer after the last", async () => {
    await panel.say({ type: "review", review });
    await panel.page.locator(".changes-list button").first().click();
    const focused = () => panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await panel.page.getByRole("button", { name: "Keep new.ts" }).focus();
    const left = (...paths: readonly string[]) =>
      panel.say({
        type: "review",
        review: { ...review, files: review.files.filter(({ path }) => paths.includes(path)) },
      });
    await left("/w/src/a.ts", "/w/key.pem", "/w/old.ts");
    assert.equal(await focused(), "Keep key.pem");
    await left("/w/src/a.ts", "/w/old.ts");
    assert.equal(await focused(), "Keep old.ts");
    await left("/w/src/a.ts");
    assert.equal(await focused(), "Keep src/a.ts");
    await left();
    assert.match((await focused()) ?? "", /^Prompt\./);
  });

  it("goes when everything is kept, and with a new chat", async () => {
    await panel.say({ type: "review", review });
    await panel.say({ type: "review", review: { files: [], canRedo: false } });
    assert.equal(await panel.page.locator(".changes").count(), 0);
    await panel.say({ type: "review", review });
    await panel.snapshot(demoContext);
    assert.equal(await panel.page.locator(".changes").count(), 0);
  });

  it("UX89 offers Redo for what a checkpoint took back until a turn runs", async () => {
    const end = { type: "turn-end", outcome: { kind: "completed" }, at: 0 } as const;
    const start = turnStart("go");
    assert.equal(start.type, "turn-start");
    const turnId = start.type === "turn-start" ? start.turnId : "";
    await panel.emit(start, stepStart(), end);
    await panel.emit({ type: "rewind", turnId, messages: 0, at: 0 });
    assert.equal(await panel.page.locator(".prompt").count(), 0);
    await panel.say({ type: "prefill", text: "go" });
    assert.equal(await panel.page.locator("textarea").inputValue(), "go");
    await panel.page.getByRole("button", { name: "Redo" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "redo" }]);
    await panel.emit({ type: "rewind-undone", at: 0 });
    assert.equal(await panel.page.locator("textarea").inputValue(), "", "its turn is back");
    assert.equal(await panel.page.locator(".prompt").count(), 1);
    assert.equal(await panel.page.locator(".changes").count(), 0);
    await panel.say({ type: "review", review: { files: [], canRedo: true } });
    assert.equal(await panel.page.getByRole("button", { name: "Redo" }).count(), 1);
    await panel.emit(turnStart("again"));
    assert.equal(await panel.page.getByRole("button", { name: "Redo" }).count(), 0);
  });
});

describe("the accessibility of the list of changed files", () => {
  testEveryTheme(suiteBrowser(), demoContext, {
    unfolded: async (panel) => {
      await panel.emit(turnStart("go"));
      await panel.say({ type: "review", review });
      await panel.page.locator(".changes-list button").first().click();
    },
    redo: async (panel) => {
      await panel.say({ type: "review", review: { ...review, canRedo: true } });
    },
  });
});
