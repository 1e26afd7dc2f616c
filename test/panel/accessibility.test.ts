import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import {
  accessibilityFaults,
  colourFaults,
  layoutFaults,
  testEveryTheme,
} from "../support/panel/accessibility-checks.ts";
import { scenes } from "../support/panel/accessibility-scenes.ts";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import { PanelPage, showTheme } from "../support/panel/panel-page.ts";
import {
  awaitingTool,
  runningTool,
  stepEnd,
  stepStart,
  text,
  throttled,
  turnEnd,
  turnStart,
} from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";
import { themeNames } from "../support/panel/themes.ts";

describe("accessibility", () => {
  const browser = suiteBrowser();

  testEveryTheme(browser, demoContext, scenes);

  it("UX44 UX97 has none of these faults at 200 % zoom either, nor with a font of twice the size", async () => {
    for (const [name, play] of Object.entries(scenes)) {
      const panel = await PanelPage.open(browser(), {
        width: 300,
        context: demoContext,
        scale: 2,
        reducedMotion: true,
      });
      await play(panel);
      assert.deepEqual(await accessibilityFaults(panel), [], `${name} at 200 %`);
      for (const theme of themeNames.toReversed()) {
        await showTheme(panel.page, theme);
        assert.deepEqual(await colourFaults(panel), [], `${name} at 200 % in ${theme}`);
      }
      await panel.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-size", "26px"));
      assert.deepEqual(await layoutFaults(panel), [], `${name} in a large font`);
      await panel.close();
    }
  });

  it("UX95 says what changed, never the words that stream, and the answer once at its end", async () => {
    const panel = await PanelPage.open(browser());
    const spoken: string[] = [];
    const hear = async () => {
      const said = (await panel.page.getByRole("status").textContent()) ?? "";
      if (said !== spoken.at(-1)) spoken.push(said);
    };
    await panel.emit(turnStart("go"), stepStart());
    for (const word of ["One ", "**two** ", "three.\n\n```ts\ncode\n```\n"]) {
      await panel.emit(text(word));
      await hear();
    }
    await panel.emit(...runningTool("c1", "read_file", "Reading a.ts", "{}"));
    await hear();
    await panel.emit({
      type: "tool-end",
      id: "c1",
      state: "succeeded",
      title: "Read a.ts",
      result: "",
      at: Date.now(),
    });
    await hear();
    await panel.emit(stepEnd("tool_use"), stepStart(2), text("All **good**.\n\n```ts\ncode\n```\n"), turnEnd());
    await hear();
    assert.deepEqual(spoken, ["Working.", "Reading a.ts", "Read a.ts", "Answer complete. 1 code block. All good."]);
    assert.equal(await panel.page.locator(".transcript [aria-live], .transcript [role=status]").count(), 0);
    await panel.emit(turnStart("again", [], "t2"), turnEnd({ kind: "failed", error: throttled, cutOff: false }));
    assert.equal(await panel.page.getByRole("alert").textContent(), throttled.message);
    await panel.close();
  });

  it("UX95 says once that a turn starts, what needs an answer, a retry and an end, and then keeps no old text", async () => {
    const panel = await PanelPage.open(browser());
    await panel.page.clock.install();
    const regions = () => panel.page.locator("[aria-live]").allTextContents();
    const retry = { type: "retry-scheduled", error: throttled, retry: 1, retries: 5, delayMs: 60_000 } as const;
    const events: readonly (readonly [readonly ChatEvent[], RegExp])[] = [
      [[turnStart("go"), stepStart()], /^Working\.\|$/],
      [[{ ...retry, at: await panel.page.evaluate(() => Date.now()) }], /^\|Throttled by Bedrock.* Retry 1 of 5/],
      [[stepStart(1, 2), ...awaitingTool()], /^Recovered after 1 retry.*\|Approval required: Run task "test"\?/],
      [[{ type: "tool-running", id: "call-3", at: Date.now() }], /^Running task "test"\|$/],
      [[turnEnd({ kind: "cancelled" })], /^Canceled: Run task "test" Canceled\.\|$/],
    ];
    for (const [told, words] of events) {
      const saying = panel.emit(...told);
      await panel.page.clock.runFor(100);
      await saying;
      assert.match((await regions()).join("|"), words);
      await panel.page.clock.runFor(6000);
      assert.deepEqual(await regions(), ["", ""]);
    }
    await panel.close();
  });

  it("UX97 moves nothing for those who asked for stillness", async () => {
    const panel = await PanelPage.open(browser(), { reducedMotion: true });
    await panel.emit(turnStart("go"), stepStart(), ...runningTool("c1", "read_file", "Reading", "{}"));
    const still = () => panel.page.evaluate(() => document.getAnimations().length);
    assert.equal(await still(), 0);
    await panel.page.emulateMedia({ reducedMotion: "no-preference" });
    assert.ok((await still()) > 0);
    await panel.page.evaluate(() => document.body.classList.add("vscode-reduce-motion"));
    assert.equal(await still(), 0);
    await panel.close();
  });

  it("UX97 walks in reading order and shows where the focus is", async () => {
    const panel = await PanelPage.open(browser(), { context: bedrockContext });
    await panel.emit(turnStart("go"), stepStart(), text("[a](src/a.ts)\n\n```ts\nx\n```\n"), turnEnd());
    const order: string[] = [];
    for (let step = 0; step < 14; step += 1) {
      await panel.page.keyboard.press("Tab");
      order.push(
        await panel.page.evaluate(() => {
          const element = document.activeElement;
          const style = element === null ? undefined : getComputedStyle(element);
          const box = element?.closest(".composer-box");
          const visible = style?.outlineStyle !== "none" || (box !== null && box !== undefined);
          return `${element?.getAttribute("aria-label") ?? element?.textContent}${visible ? "" : " (invisible)"}`;
        }),
      );
    }
    assert.deepEqual(order, [
      "go",
      "Fork Conversation",
      "Restore Checkpoint…",
      "a",
      "Copy code",
      "x",
      "Copy answer",
      "Retry",
      "Prompt. Enter sends, Shift+Enter breaks the line, Up recalls earlier prompts.",
      "Add Context…",
      "Mode: Agent. Default Permissions. Select mode and permissions",
      "Configure Tools…",
      "Model: claude-sonnet-4-5. Select another model",
      "Send",
    ]);
    await panel.close();
  });
});
