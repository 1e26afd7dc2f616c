import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepEnd, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const answer =
  "See [the delay](src/retry.ts:8-11), `src/a.ts:3`, [b](src/b.ts#L4-L6), [c](src/c.ts:9:5), [d](d.ts) and [out](https://e.x/).";

describe("references to files", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, (opened) => {
    panel = opened;
  });

  it("UX45 a reference opens the file at its lines", async () => {
    for (const event of [turnStart("where?"), stepStart(), text(answer), stepEnd(), turnEnd()]) await panel.emit(event);
    const links = panel.page.locator(".answer [role=link]");
    for (const index of [0, 1, 2, 3, 4]) await links.nth(index).click();
    const opened = (await panel.posts()).filter(({ type }) => type === "open-file");
    assert.deepEqual(opened, [
      { type: "open-file", path: "src/retry.ts", line: 8, endLine: 11 },
      { type: "open-file", path: "src/a.ts", line: 3 },
      { type: "open-file", path: "src/b.ts", line: 4, endLine: 6 },
      { type: "open-file", path: "src/c.ts", line: 9 },
      { type: "open-file", path: "d.ts" },
    ]);
  });

  it("UX45 a path that leads to no file is text once the answer is whole, also when it is shown again", async () => {
    const whole = [turnStart("where?"), stepStart(), text("`src/a.ts:3` and [none](src/none.ts) and `src/gone.ts`")];
    for (const event of whole) await panel.emit(event);
    const asked = () =>
      panel.page.evaluate(() =>
        window.panelTest.posts.flatMap((post) => (post.type === "check-paths" ? [post.paths] : [])),
      );
    assert.deepEqual(await asked(), []);
    await panel.emit(stepEnd(), turnEnd());
    await panel.waitForPost("check-paths");
    assert.deepEqual(await asked(), [["src/a.ts", "src/none.ts", "src/gone.ts"]]);
    await panel.say({ type: "paths-missing", paths: ["src/none.ts", "src/gone.ts"] });
    const links = panel.page.locator(".answer [role=link]");
    assert.deepEqual(await links.allTextContents(), ["src/a.ts:3"]);
    assert.equal(await panel.textOf(".answer .markdown"), "src/a.ts:3 and none and src/gone.ts");
    assert.equal(await panel.page.locator(".answer code").count(), 2);
  });

  it("UX45 a reference brings VS Code's menu its file and line, in place of the page's own items; an address does not", async () => {
    for (const event of [turnStart("where?"), stepStart(), text(answer), stepEnd(), turnEnd()]) await panel.emit(event);
    const contexts = await panel.page
      .locator(".answer [role=link]")
      .evaluateAll((links) => links.map((link) => link.getAttribute("data-vscode-context")));
    const own = { webviewSection: "file-reference", preventDefaultContextMenuItems: true };
    assert.deepEqual(
      contexts.map((context) => (context === null ? null : JSON.parse(context))),
      [
        { ...own, path: "src/retry.ts", line: 8 },
        { ...own, path: "src/a.ts", line: 3 },
        { ...own, path: "src/b.ts", line: 4 },
        { ...own, path: "src/c.ts", line: 9 },
        { ...own, path: "d.ts" },
        null,
      ],
    );
  });
});
