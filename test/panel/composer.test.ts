import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { attachment, longAttachment, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("the composer", () => {
  let panel: PanelPage;
  let input: Locator;
  openPanelForEach({}, (opened) => {
    panel = opened;
    input = panel.page.getByRole("textbox", { name: /^Prompt/ });
  });

  it("UX12 sends on Enter, breaks the line on Shift+Enter and is empty afterwards", async () => {
    await input.focus();
    await panel.page.keyboard.type("first");
    await panel.page.keyboard.press("Shift+Enter");
    await panel.page.keyboard.type("second");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), [{ type: "send", text: "first\nsecond", attachments: [] }]);
    assert.equal(await input.inputValue(), "");
  });

  it("UX12 sends nothing while an input method composes", async () => {
    await input.fill("にほん");
    await input.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await input.dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
    assert.deepEqual(await panel.posts(), []);
  });

  it("UX14 keeps Send focusable but without effect while there is nothing to send", async () => {
    const send = panel.page.getByRole("button", { name: "Send" });
    await input.fill("  \n ");
    assert.equal(await send.getAttribute("aria-disabled"), "true");
    await send.focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.posts(), []);
    await input.fill("go");
    await send.click();
    assert.deepEqual(await panel.posts(), [{ type: "send", text: "go", attachments: [] }]);
  });

  it("UX15 turns Send into Stop in the same place while an answer runs", async () => {
    const place = await panel.page.getByRole("button", { name: "Send" }).boundingBox();
    await panel.emit(turnStart("go"), stepStart());
    const stop = panel.page.getByRole("button", { name: "Stop" });
    assert.deepEqual(await stop.boundingBox(), place);
    await stop.click();
    assert.deepEqual(await panel.posts(), [{ type: "stop" }]);
    await panel.page.getByText("Stopping", { exact: true }).waitFor();
    await panel.emit(turnEnd({ kind: "cancelled" }));
    await input.fill("next question");
    await input.press("Enter");
    assert.deepEqual((await panel.posts()).at(-1), { type: "send", text: "next question", attachments: [] });
  });

  it("UX15 stops on Ctrl+Escape and not on Escape alone", async () => {
    await panel.emit(turnStart("go"), stepStart());
    await input.press("Escape");
    assert.deepEqual(await panel.posts(), []);
    await input.press("Control+Escape");
    assert.deepEqual(await panel.posts(), [{ type: "stop" }]);
  });

  it("UX15 stops on Alt+Backspace on Windows alone, where Ctrl+Escape opens the Start menu", async () => {
    await panel.emit(turnStart("go"), stepStart());
    await input.press("Alt+Backspace");
    assert.deepEqual(await panel.posts(), []);
    await panel.page.evaluate(() => Object.defineProperty(navigator, "platform", { value: "Win32" }));
    await input.press("Alt+Backspace");
    assert.deepEqual(await panel.posts(), [{ type: "stop" }]);
  });

  it("UX19 recalls earlier prompts with Up and comes back to the unsent draft with Down", async () => {
    await panel.emit(turnStart("one", [], "t1"), turnEnd(), turnStart("two", [], "t2"), turnEnd());
    await input.fill("draft");
    await input.press("Home");
    const shown: string[] = [];
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "End", "ArrowDown", "ArrowDown", "ArrowDown"]) {
      await input.press(key);
      shown.push(await input.inputValue());
    }
    assert.deepEqual(shown, ["two", "one", "one", "one", "two", "draft", "draft"]);
  });

  it("UX19 moves the caret, not the history, when Up is pressed inside the text", async () => {
    await panel.emit(turnStart("one"), turnEnd());
    await input.fill("line 1\nline 2");
    await input.press("ArrowUp");
    assert.equal(await input.inputValue(), "line 1\nline 2");
  });

  it("UX13 grows with its text up to a cap and then scrolls", async () => {
    const heightOf = async () => (await input.boundingBox())?.height ?? 0;
    const empty = await heightOf();
    await input.fill("a\nb\nc\nd");
    const four = await heightOf();
    await input.fill("line\n".repeat(100));
    const many = await heightOf();
    assert.equal(four, empty + 60);
    assert.equal(many, 240);
  });

  it("keeps the draft over a reload of the page", async () => {
    await input.fill("kept");
    await panel.page.reload();
    await panel.snapshot(demoContext);
    assert.equal(await input.inputValue(), "kept");
  });

  it("puts a prefill below the draft, without sending, and focuses", async () => {
    await input.fill("draft");
    await panel.say({ type: "prefill", text: "Explain this" });
    assert.equal(await input.inputValue(), "draft\n\nExplain this");
    assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    assert.deepEqual(await panel.posts(), []);
  });

  it("UX5 offers at most three prompts under a title, with a warning; one fills the composer and sends nothing", async () => {
    assert.equal(await panel.textOf(".empty-state-title"), "Outcrop");
    const context = { ...bedrockContext, suggestions: [...bedrockContext.suggestions, "A fourth"] };
    await panel.say({ type: "context", context });
    assert.deepEqual(await panel.page.locator(".suggestions button").allTextContents(), bedrockContext.suggestions);
    assert.equal(await panel.textOf(".empty-state-note"), "AI can make mistakes. Check what it says and does.");
    await panel.page.getByRole("button", { name: "Run the tests" }).click();
    assert.equal(await input.inputValue(), "Run the tests");
    assert.deepEqual(await panel.posts(), []);
  });

  it("sends attachments along and removes one by click or by Delete", async () => {
    await panel.say({ type: "context", context: { ...demoContext, attachments: [attachment, longAttachment] } });
    await input.fill("explain");
    await input.press("Enter");
    await panel.page.getByRole("button", { name: /^Remove retry-delay/ }).click();
    await panel.page.getByRole("button", { name: /^Remove a-file/ }).press("Delete");
    assert.deepEqual(await panel.posts(), [
      { type: "send", text: "explain", attachments: ["a1", "a2"] },
      { type: "remove-attachment", id: "a1" },
      { type: "remove-attachment", id: "a2" },
    ]);
  });

  it("labels the demo model and leads to Amazon Bedrock, and drops the label with a real model", async () => {
    await panel.page.getByText("Demo model: scripted, no AI").waitFor();
    await panel.page.getByRole("button", { name: "Use Amazon Bedrock" }).click();
    await panel.say({ type: "context", context: bedrockContext });
    assert.equal(await panel.page.getByText("scripted").count(), 0);
    await panel.page.getByRole("button", { name: /^Model: claude-sonnet-4-5\./ }).click();
    assert.deepEqual(await panel.posts(), [
      { type: "command", command: "selectIdentity" },
      { type: "command", command: "selectModel" },
    ]);
  });

  it("UX6 says what is missing before anything is sent, with a button for each thing that helps", async () => {
    const setUp = panel.page.locator(".set-up");
    assert.equal(await setUp.count(), 0);
    await panel.say({ type: "context", context: { ...demoContext, missing: "identity" } });
    assert.equal(await setUp.locator("p").textContent(), "No AWS identity was found on this machine.");
    for (const name of ["Select AWS Identity", "Set API Key", "Set Up Gateway"]) {
      await setUp.getByRole("button", { name }).click();
    }
    const { region: _, ...connection } = { region: "", ...bedrockContext.connection };
    await panel.say({ type: "context", context: { ...bedrockContext, connection, missing: "region" } });
    assert.match((await setUp.locator("p").textContent()) ?? "", /^No AWS Region is set,/);
    await setUp.getByRole("button", { name: "Set Region" }).click();
    await panel.say({ type: "context", context: { ...bedrockContext, missing: "model" } });
    assert.match((await setUp.locator("p").textContent()) ?? "", /^The account had no access to the model/);
    await setUp.getByRole("button", { name: "Select Model" }).click();
    await panel.say({ type: "context", context: bedrockContext });
    assert.deepEqual(await setUp.getByRole("button").allTextContents(), ["Select AWS Identity"]);
    assert.deepEqual(
      (await panel.posts()).map((post) => ("command" in post ? post.command : post.type)),
      ["selectIdentity", "setApiKey", "setUpGateway", "setRegion", "selectModel"],
    );
  });

  it("UX29 asks for the model picker by its button and by Ctrl+Alt+., and has the focus when that closes", async () => {
    await panel.say({ type: "context", context: bedrockContext });
    const model = panel.page.getByRole("button", { name: "Model: claude-sonnet-4-5. Select another model" });
    assert.match((await model.getAttribute("title")) ?? "", /Select another model \(Ctrl\+Alt\+\.\)$/);
    await model.click();
    assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    await panel.page.keyboard.press("Control+Alt+.");
    const selects = { type: "command", command: "selectModel" };
    assert.deepEqual(await panel.posts(), [selects, selects]);
  });

  it("takes typing while an answer streams", async () => {
    await panel.emit(turnStart("go"), stepStart());
    await input.focus();
    for (const letter of "typed") {
      await panel.emit(text(`${letter} word `));
      await panel.page.keyboard.type(letter);
    }
    assert.equal(await input.inputValue(), "typed");
  });
});
