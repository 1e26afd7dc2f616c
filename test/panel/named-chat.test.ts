import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyChat } from "../../src/protocol/chat-state.ts";
import { demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("what the panel asks", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  it("names the chat that is shown, from the first snapshot on", async () => {
    const input = panel.page.getByRole("textbox", { name: /^Prompt/ });
    const named = (type: string) =>
      panel.page.evaluate((wanted) => {
        const { posts, chats } = window.panelTest;
        return chats.filter((_, index) => posts[index]?.type === wanted);
      }, type);
    assert.deepEqual(await named("ready"), [undefined]);
    for (const id of ["one", "two"]) {
      await panel.snapshot(demoContext, emptyChat(id));
      await input.fill("hello");
      await input.press("Enter");
    }
    assert.deepEqual(await named("send"), ["one", "two"]);
  });
});
