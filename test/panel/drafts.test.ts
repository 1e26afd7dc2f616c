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

  it("UX7 are told to the host when their chat is left, or when they go along into a new one", async () => {
    const told = () =>
      panel.page.evaluate(() =>
        window.panelTest.posts.flatMap((post) => (post.type === "keep-draft" ? [`${post.session}: ${post.text}`] : [])),
      );
    await open(usedChat("a"));
    await panel.page.evaluate(() => {
      // Nothing is told later, as where the page is gone before.
      const { setTimeout } = window;
      const atOnce = (run: TimerHandler, ms = 0) => (ms > 0 ? 0 : setTimeout(run));
      window.setTimeout = Object.assign(atOnce, setTimeout);
    });
    await input.fill("for a");
    await open(usedChat("b"));
    assert.deepEqual(await told(), ["session-1: ", "a: for a"]);
    await input.fill("better in a chat of its own");
    await open(emptyChat("new"));
    assert.deepEqual(await told(), ["session-1: ", "a: for a", "b: "]);
  });

  it("of a chat in which nothing was said come back with it", async () => {
    await input.fill("not said yet");
    await reopen(emptyChat("session-1"));
    assert.equal(await input.inputValue(), "not said yet");
    await open(usedChat("a"));
    assert.equal(await input.inputValue(), "");
    await open(emptyChat("session-1"));
    assert.equal(await input.inputValue(), "not said yet");
  });

  it("do not go along into a chat that a checkpoint has emptied, or that is a copy of another's beginning", async () => {
    const emptied = [{ type: "rewind", turnId: "turn-1", messages: 0, at: 9 } as const].reduce(
      reduceChat,
      usedChat("b"),
    );
    assert.deepEqual([emptied.past.length, emptied.rewound !== undefined], [0, true]);
    await open(usedChat("a"));
    await input.fill("for a");
    await open(emptied);
    assert.equal(await input.inputValue(), "");
    await open(usedChat("a"));
    await open({ ...emptyChat("c"), title: "Fork of a" });
    assert.equal(await input.inputValue(), "");
    await open(usedChat("a"));
    assert.equal(await input.inputValue(), "for a");
  });

  it("do not come back in the place of a prompt that a checkpoint gives back", async () => {
    const draft = { session: "session-2", text: "foo" };
    await panel.say({ type: "snapshot", seq: 0, chat: emptyChat("session-2"), context: demoContext, draft });
    assert.equal(await input.inputValue(), "foo");
    await input.fill("foo bar");
    await input.press("Enter");
    await panel.emit(turnStart("foo bar"), text("hi"), turnEnd());
    await panel.say({ type: "prefill", text: "foo bar" });
    await panel.emit({ type: "rewind", turnId: "turn-1", messages: 0, at: 9 });
    assert.equal(await panel.page.getByText("hi", { exact: true }).count(), 0);
    assert.equal(await input.inputValue(), "foo bar");
  });

  it("UX7 a prompt that comes back is told again, although it is what was told before it was sent", async () => {
    const told = () =>
      panel.page.evaluate(() =>
        window.panelTest.posts.flatMap((post) => (post.type === "keep-draft" ? [post.text] : [])),
      );
    const until = (times: number) =>
      panel.page.waitForFunction(
        (all) => window.panelTest.posts.filter(({ type }) => type === "keep-draft").length === all,
        times,
      );
    await open(usedChat("a"));
    const before = (await told()).length;
    await input.fill("x");
    await until(before + 1);
    await input.press("Enter");
    await panel.say({ type: "prefill", text: "x" });
    await until(before + 3);
    assert.deepEqual((await told()).slice(before), ["x", "", "x"]);
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

  it("of a chat that is deleted are gone, and go along into no other one", async () => {
    const kept = () => panel.page.evaluate(() => sessionStorage.getItem("vscode-state"));
    await open(usedChat("a"));
    await input.fill("for a");
    await open(usedChat("b"));
    await input.fill("for b");
    await panel.say({ type: "drop-drafts", session: "a" });
    assert.deepEqual([await input.inputValue(), /for a/.test((await kept()) ?? "")], ["for b", false]);
    await panel.say({ type: "drop-drafts", session: "b" });
    await open(emptyChat("new"));
    assert.deepEqual([await input.inputValue(), /for/.test((await kept()) ?? "")], ["", false]);
  });

  it("are all gone once everything was deleted, and the host is told of none", async () => {
    await open(usedChat("a"));
    await input.fill("for a");
    await open(usedChat("b"));
    await input.fill("for b");
    const before = await panel.page.evaluate(() => window.panelTest.posts.length);
    await panel.say({ type: "drop-drafts" });
    assert.equal(await input.inputValue(), "");
    await open(emptyChat("new"));
    assert.equal(await input.inputValue(), "");
    await open(usedChat("a"));
    assert.equal(await input.inputValue(), "");
    const told = await panel.page.evaluate(
      (from) => window.panelTest.posts.slice(from).flatMap((post) => (post.type === "keep-draft" ? [post.text] : [])),
      before,
    );
    assert.ok(
      told.every((text) => text === ""),
      told.join(),
    );
    const kept = await panel.page.evaluate(() => sessionStorage.getItem("vscode-state"));
    assert.ok(!/for/.test(kept ?? ""), kept ?? "");
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
