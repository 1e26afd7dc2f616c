import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import type { QueueAction } from "../../src/protocol/queued-prompt.ts";
import { accessibilityFaults } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { attachment, stepStart, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const queued = (id: string, text: string, action: QueueAction = "queue"): ChatEvent => ({
  type: "queued",
  prompt: { id, text, attachments: [], action },
  at: 5,
});

describe("prompts while an answer runs", () => {
  let panel: PanelPage;
  let input: Locator;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
    await panel.emit(turnStart("go"), stepStart());
  });
  const button = (name: string): Locator => panel.page.getByRole("button", { name, exact: true });
  const sent = async () =>
    (await panel.posts()).flatMap((post) => (post.type === "send-while-running" ? [[post.text, post.action]] : []));

  it("UX17 Enter steers and Alt+Enter queues, or the other way round as the setting says", async () => {
    for (const [text, key] of [
      ["one", "Enter"],
      ["two", "Alt+Enter"],
    ] as const) {
      await input.fill(text);
      await input.press(key);
      assert.equal(await input.inputValue(), "");
    }
    await panel.say({ type: "context", context: { ...demoContext, queueAction: "queue" } });
    for (const [text, key] of [
      ["three", "Enter"],
      ["four", "Alt+Enter"],
    ] as const) {
      await input.fill(text);
      await input.press(key);
    }
    assert.deepEqual(await sent(), [
      ["one", "steer"],
      ["two", "queue"],
      ["three", "queue"],
      ["four", "steer"],
    ]);
  });

  it("UX17 the menu beside Send stops and sends; attachments go along", async () => {
    await panel.say({ type: "context", context: { ...demoContext, attachments: [attachment] } });
    assert.equal(await button("More ways to send").count(), 0);
    await input.fill("rather this");
    await button("More ways to send").click();
    const items = panel.page.getByRole("menuitem");
    assert.deepEqual(await items.allTextContents(), ["Steer with Message", "Add to Queue", "Stop and Send"]);
    await items.last().click();
    assert.deepEqual(await panel.posts(), [
      { type: "send-while-running", text: "rather this", attachments: [attachment.id], action: "stop" },
    ]);
    assert.equal(await button("Stop").count(), 1);
  });

  it("UX17 Enter sends as always once the answer is there", async () => {
    await input.fill("next");
    await panel.emit(turnEnd());
    await input.press("Alt+Enter");
    assert.deepEqual(await panel.posts(), [{ type: "send", text: "next", attachments: [] }]);
  });

  it("UX18 lists what waits under Queued, with Edit, Send Immediately and Remove for each, and Remove All Queued", async () => {
    await panel.emit(queued("a", "first\nof two lines"), queued("b", "second", "steer"));
    const rows = panel.page.getByRole("list", { name: "Queued prompts" }).getByRole("listitem");
    assert.deepEqual(await rows.allTextContents(), ["first\nof two lines", "Steeringsecond"]);
    await rows.first().getByRole("button", { name: "Edit" }).click();
    await rows.first().getByRole("button", { name: "Send Immediately" }).click();
    await rows.last().getByRole("button", { name: "Remove" }).click();
    await button("Remove All Queued").click();
    assert.deepEqual(await panel.posts(), [
      { type: "queued-prompt", id: "a", action: "edit" },
      { type: "queued-prompt", id: "a", action: "send" },
      { type: "queued-prompt", id: "b", action: "remove" },
      { type: "clear-queue" },
    ]);
    await panel.emit({ type: "unqueued", ids: ["a", "b"], at: 6 });
    assert.equal(await panel.page.getByText("Queued", { exact: true }).count(), 0);
  });

  it("UX18 says that what waits is not sent of itself where the turn had no answer", async () => {
    await panel.emit(queued("a", "first"), turnEnd({ kind: "cancelled" }));
    assert.equal(await panel.textOf(".queue-hint"), "The turn did not end with an answer. Send what still counts.");
  });

  it("UX17 shows in the answer what was said in the middle of it", async () => {
    await panel.emit({ type: "steered", id: "a", prompt: "not that <b>", attachments: [], at: 6 });
    assert.equal(await panel.textOf(".steered"), "You, while it ran: not that <b>");
  });

  it("UX97 has no violation in the list and the menu", async () => {
    await panel.emit(queued("a", "first"), queued("b", "second", "steer"));
    await input.fill("third");
    await button("More ways to send").click();
    assert.deepEqual(await accessibilityFaults(panel), []);
  });
});

describe("a prompt that was sent", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("one", [], "t1"), turnEnd(), turnStart("two", [], "t2"), turnEnd());
  });
  const editor = (): Locator => panel.page.getByRole("textbox", { name: /^Edit prompt/ });

  it("UX52 opens for editing by a click or by Enter, and is sent again by Enter", async () => {
    await panel.page.getByRole("button", { name: "one", exact: true }).click();
    assert.equal(await editor().inputValue(), "one");
    await editor().press("Escape");
    assert.equal(await editor().count(), 0);
    await panel.page.getByRole("button", { name: "two", exact: true }).press("Enter");
    await editor().fill("two and a half");
    await editor().press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "resend", turnId: "t2", text: "two and a half" }]);
    await panel.emit({ type: "rewind", turnId: "t2", messages: 2, at: 9 }, turnStart("two and a half", [], "t3"));
    assert.equal(await editor().count(), 0);
  });

  it("UX52 stays as it was on Escape, with the focus on it", async () => {
    const bubble = panel.page.getByRole("button", { name: "one", exact: true });
    await bubble.press("Enter");
    await editor().fill("changed");
    await editor().press("Escape");
    await panel.page.waitForFunction(() => document.activeElement?.className === "prompt-bubble");
    assert.equal(await bubble.textContent(), "one");
    assert.deepEqual(await panel.posts(), []);
  });

  it("UX52 is not opened by a press that selects its text", async () => {
    const bubble = panel.page.getByRole("button", { name: "one", exact: true });
    const box = (await bubble.boundingBox()) ?? assert.fail("no bubble");
    await panel.page.mouse.move(box.x + 13, box.y + box.height / 2);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + box.width - 13, box.y + box.height / 2);
    await panel.page.mouse.up();
    assert.match(await panel.page.evaluate(() => document.getSelection()?.toString() ?? ""), /n/);
    assert.equal(await editor().count(), 0);
  });

  it("UX91 can be forked from", async () => {
    const forks = panel.page.getByRole("button", { name: "Fork Conversation" });
    await forks.last().click();
    assert.deepEqual(await panel.posts(), [{ type: "fork", turnId: "t2" }]);
  });
});
