import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../src/protocol/chat-state.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { answer, attachment, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

function longChat(sessionId: string): ChatState {
  const events = Array.from({ length: 12 }, (_, index) => [
    turnStart(`prompt ${index}`, [], `t${index}`),
    stepStart(),
    text(answer),
    turnEnd(),
  ]).flat();
  return events.reduce(reduceChat, emptyChat(sessionId));
}

describe("a panel that is hidden, or whose window is loaded again", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });
  const scroller = () => panel.page.locator(".transcript");
  const isAt = (top: number) =>
    panel.page.waitForFunction((wanted) => document.querySelector(".transcript")?.scrollTop === wanted, top);
  const isAtTheEnd = () =>
    panel.page.waitForFunction(() => {
      const element = document.querySelector(".transcript");
      if (element === null || element.scrollHeight < 2 * element.clientHeight) return false;
      return element.scrollHeight - element.scrollTop - element.clientHeight <= 1;
    });
  const scrollTo = async (top: number) => {
    await scroller().evaluate((element, to) => element.scrollTo(0, to), top);
    await panel.page.waitForFunction(
      () => JSON.parse(sessionStorage.getItem("vscode-state") ?? "{}").scroll !== undefined,
    );
  };
  const reopen = async (chat: ChatState) => {
    await panel.page.reload();
    await panel.snapshot({ ...demoContext, attachments: [attachment] }, chat);
  };

  it("UX7 has its draft, its attachments and the place where the user was reading again", async () => {
    await panel.snapshot({ ...demoContext, attachments: [attachment] }, longChat("a"));
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("half a thought");
    await scrollTo(400);
    await reopen(longChat("a"));
    await isAt(400);
    assert.equal(await panel.page.getByRole("textbox", { name: /^Prompt/ }).inputValue(), "half a thought");
    assert.equal(await panel.page.getByText(attachment.label).count(), 1);
  });

  it("UX7 has the draft that the host was told of where VS Code has lost the page's own", async () => {
    await panel.snapshot(demoContext, longChat("a"));
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("half a thought");
    await panel.page.waitForFunction(() =>
      window.panelTest.posts.some((post) => post.type === "keep-draft" && post.text !== ""),
    );
    const told = await panel.page.evaluate(() => window.panelTest.posts.findLast(({ type }) => type === "keep-draft"));
    assert.deepEqual(told, { type: "keep-draft", session: "a", text: "half a thought" });
    await panel.page.evaluate(() => sessionStorage.clear());
    await panel.page.reload();
    const draft = { session: "a", text: "half a thought" };
    await panel.say({ type: "snapshot", seq: 0, chat: longChat("a"), context: demoContext, draft });
    assert.equal(await panel.page.getByRole("textbox", { name: /^Prompt/ }).inputValue(), "half a thought");
    await panel.snapshot(demoContext, longChat("b"));
    assert.equal(await panel.page.getByRole("textbox", { name: /^Prompt/ }).inputValue(), "");
    const other = { session: "c", text: "for another chat" };
    await panel.say({ type: "snapshot", seq: 0, chat: longChat("c"), context: demoContext, draft: other });
    assert.equal(await panel.page.getByRole("textbox", { name: /^Prompt/ }).inputValue(), "for another chat");
  });

  it("UX7 is at the place that the host was told of where VS Code has lost the page's own, and at the end where that was it", async () => {
    await panel.snapshot(demoContext, longChat("a"));
    await scrollTo(400);
    const told = () =>
      panel.page.evaluate(() => window.panelTest.posts.findLast((post) => post.type === "keep-place")?.place);
    const place = (await told()) ?? assert.fail("told of no place");
    await panel.page.evaluate(() => sessionStorage.clear());
    await panel.page.reload();
    await panel.say({ type: "snapshot", seq: 0, chat: longChat("a"), context: demoContext, place });
    await isAt(400);
    await scroller().evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await panel.page.waitForFunction(
      () => window.panelTest.posts.findLast((post) => post.type === "keep-place")?.place === null,
    );
    await panel.page.reload();
    await panel.say({ type: "snapshot", seq: 0, chat: longChat("a"), context: demoContext, place: null });
    await isAtTheEnd();
  });

  it("UX7 is at the end where it was there, or where another chat is shown", async () => {
    await panel.snapshot(demoContext, longChat("a"));
    await reopen(longChat("a"));
    await isAtTheEnd();
    await scrollTo(400);
    await panel.snapshot(demoContext, longChat("b"));
    await isAtTheEnd();
  });

  it("UX8 shows all that was said meanwhile, nothing twice, and goes on", async () => {
    const before = [turnStart("go"), stepStart(), text("One, ")].reduce(reduceChat, emptyChat("a"));
    await panel.snapshot(demoContext, before);
    const meanwhile = [text("two, ")].reduce(reduceChat, before);
    await reopen(meanwhile);
    await panel.emit(text("three."));
    assert.equal((await panel.textOf(".answer .markdown")).trim(), "One, two, three.");
  });

  it("UX16 Stop is acknowledged at once, what was said stays, and the composer takes the next prompt", async () => {
    await panel.emit(turnStart("go"), stepStart(), text("Half an"));
    await panel.page.getByRole("button", { name: "Stop" }).click();
    await panel.page.getByRole("button", { name: "Stopping…" }).waitFor();
    await panel.emit(turnEnd({ kind: "cancelled" }));
    assert.match(await panel.textOf(".answer"), /Half an.*Canceled/);
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("next");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.posts()).at(-1), { type: "send", text: "next", attachments: [] });
  });
});
