import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { secretNote } from "../../src/protocol/secret-prompt.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { asked, stepEnd, stepStart, toolStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);

describe("what a running call waits for", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.page.clock.install({ time: start });
    await panel.emit(turnStart("go"), stepStart());
  });

  const run = async (name: string, allowedBy?: string) => {
    const input: ChatEvent = { type: "tool-input", id: "c1", input: "{}", title: "Running", intent: "Run" };
    const running: ChatEvent = { type: "tool-running", id: "c1", at: start, ...(allowedBy && { allowedBy }) };
    await panel.emit(toolStart("c1", name, "Run"), input, stepEnd("tool_use"), running);
  };
  const note = () => panel.page.locator(".running-note");
  const after = async (seconds: number) => {
    await panel.page.clock.setSystemTime(start + seconds * 1000);
    await panel.page.clock.runFor(1000);
  };

  it("UX82 is the tool, where it has said nothing for ten seconds", async () => {
    await run("mcp_weather");
    await after(8);
    assert.equal(await note().count(), 0);
    await after(10);
    assert.equal(await note().textContent(), "Waiting for tool 'mcp_weather' to respond…");
    await panel.emit({ type: "tool-output", id: "c1", text: "Asking the station…\n" });
    assert.equal(await note().count(), 0);
  });

  it("is not the tool where it asks the user", async () => {
    await run("ask_user");
    await panel.emit(asked());
    await after(60);
    assert.equal(await note().count(), 0);
  });

  it("UX77 is the user at the terminal, where a program asks for a secret, which nothing in the panel takes", async () => {
    await run("run_command");
    await panel.emit({ type: "tool-output", id: "c1", text: `Connecting\n${secretNote}` });
    assert.match(
      (await note().textContent()) ?? "",
      /^It seems to ask for a secret\. .+focus the terminal to type it\./,
    );
    assert.equal(await panel.textOf(".tool-tail"), "Connecting");
    assert.equal(await panel.page.locator(".tool input, .tool textarea").count(), 0);
    await panel.page.getByRole("button", { name: "Show Terminal" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "showTerminal" }]);
    await panel.emit({ type: "tool-output", id: "c1", text: "Welcome\n" });
    assert.equal(await note().count(), 0);
  });

  it("is nothing where a program only speaks of passwords", async () => {
    await run("run_command");
    await panel.emit({ type: "tool-output", id: "c1", text: "2 tests of the password form passed\npassword: ok\n" });
    assert.equal(await note().count(), 0);
  });

  it("UX76 can be looked at in its terminal, left to run and stopped; what a rule let through has no terminal", async () => {
    await run("run_command");
    await panel.emit({ type: "tool-still-running", id: "c1", endsAt: start + 90_000, at: start });
    const choices = panel.page.locator(".running-choices .button");
    const shown = ["Keep Waiting", "Show Terminal", "Continue in Background", "Stop"];
    assert.deepEqual(await choices.allTextContents(), shown);
    await choices.getByText("Show Terminal").click();
    await choices.getByText("Continue in Background").click();
    assert.deepEqual(await panel.posts(), [
      { type: "command", command: "showTerminal" },
      { type: "choose-running", id: "c1", choice: "use-output" },
    ]);
    await panel.emit({ type: "tool-end", id: "c1", state: "succeeded", title: "Started", result: "", at: start });
    await run("run_command", "Allowed by your rule: allow run_command");
    await panel.emit({ type: "tool-still-running", id: "c1", endsAt: null, at: start });
    assert.deepEqual(await choices.allTextContents(), shown.toSpliced(1, 1));
  });
});
