import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../src/protocol/chat-state.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

function usedChat(sessionId: string): ChatState {
  return [turnStart("hello"), text("hi"), turnEnd()].reduce(reduceChat, emptyChat(sessionId));
}

describe("drafts", () => {
  let panel: PanelPage;
  let input: Locator;
  openPanelForEach({}, (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
  });

  const open = (chat: ChatState) => panel.snapshot(demoContext, chat);
  /** As when the page is reloaded, or the view was hidden and is shown again. */
  const reopen = async (chat: ChatState) => {
    await panel.page.reload();
    await open(chat);
  };

  it("come back after a reload with their text, line breaks and selection, also when only the caret moved last", async () => {
    await open(usedChat("a"));
    await input.fill("first line\nsecond");
    await input.press("Home");
    await panel.page.keyboard.press("Shift+ArrowRight");
    await panel.page.keyboard.press("Shift+ArrowRight");
    await panel.say({ type: "focus-composer" });
    await reopen(usedChat("a"));
    await panel.say({ type: "focus-composer" });
    await panel.page.keyboard.type("X");
    assert.equal(await input.inputValue(), "first line\nXcond");
  });

  it("are kept at once, so that hiding the view within a moment loses nothing", async () => {
    await open(usedChat("a"));
    await input.focus();
    await panel.page.keyboard.type("quick");
    const kept = await panel.page.evaluate(() => sessionStorage.getItem("vscode-state"));
    assert.deepEqual(JSON.parse(kept ?? ""), { drafts: [{ session: "a", text: "quick", start: 5, end: 5 }] });
  });

  it("belong to their session", async () => {
    await open(usedChat("a"));
    await input.fill("for a");
    await open(usedChat("b"));
    assert.equal(await input.inputValue(), "");
    await input.fill("for b");
    await open(usedChat("a"));
    assert.equal(await input.inputValue(), "for a");
    await reopen(usedChat("b"));
    assert.equal(await input.inputValue(), "for b");
  });

  it("go along into a new chat instead of getting lost", async () => {
    await open(usedChat("a"));
    await input.fill("better in a chat of its own");
    await open(emptyChat("new"));
    assert.equal(await input.inputValue(), "better in a chat of its own");
    await open(usedChat("a"));
    assert.equal(await input.inputValue(), "");
  });

  it("of a chat in which nothing was said come back in the next window, whose new chat has another id", async () => {
    await input.fill("not said yet");
    await reopen(emptyChat("another"));
    assert.equal(await input.inputValue(), "not said yet");
    await open(usedChat("a"));
    assert.equal(await input.inputValue(), "");
    await open(emptyChat("a third"));
    assert.equal(await input.inputValue(), "not said yet");
  });

  it("that were begun before the first answer stay with its session", async () => {
    await input.fill("first prompt");
    await input.press("Enter");
    await input.fill("second prompt");
    await panel.emit(turnStart("first prompt"), text("hi"), turnEnd());
    assert.equal(await input.inputValue(), "second prompt");
    await reopen(usedChat("session-1"));
    assert.equal(await input.inputValue(), "second prompt");
  });

  it("are gone once they are sent", async () => {
    await open(usedChat("a"));
    await input.fill("sent");
    await input.press("Enter");
    await reopen(usedChat("a"));
    assert.equal(await input.inputValue(), "");
  });

  it("start empty where the kept state is none of ours", async () => {
    await panel.page.evaluate(() =>
      sessionStorage.setItem("vscode-state", '{"drafts":[7,{"session":"a"}],"draft":"x"}'),
    );
    await reopen(usedChat("a"));
    assert.equal(await input.inputValue(), "");
    assert.deepEqual(await panel.violations(), []);
  });
});
