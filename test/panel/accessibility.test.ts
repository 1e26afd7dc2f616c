import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { bedrockContext, demoContext } from "../support/panel/contexts.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import {
  answer,
  attachment,
  awaitingTool,
  longAttachment,
  queuedTool,
  runningTool,
  stepEnd,
  stepStart,
  text,
  throttled,
  turnEnd,
  turnStart,
} from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

type Scene = (panel: PanelPage) => Promise<void>;

const scenes: Readonly<Record<string, Scene>> = {
  "an empty chat of the demo": async () => {},
  "an answer with attachments": async (panel) => {
    await panel.snapshot({ ...bedrockContext, attachments: [attachment, longAttachment] });
    await panel.page.locator("textarea").fill("next");
    await panel.emit(turnStart("where?", [attachment]), stepStart());
    await panel.emit(
      { type: "reasoning-delta", block: 0, text: "Hm.", at: Date.now() },
      text(answer, 1),
      stepEnd(),
      turnEnd(),
    );
    await panel.page.locator(".reasoning button").click();
    await panel.page.locator(".hljs-keyword").first().waitFor();
  },
  "tools and an approval": async (panel) => {
    await panel.emit(turnStart("test"), stepStart(), text("I run them."));
    await panel.emit(...runningTool("c1", "run_task", 'Running task "build"', "{}"), {
      type: "tool-output",
      id: "c1",
      text: "building\n",
    });
    await panel.emit(...awaitingTool(), ...queuedTool("c4", "lint"), ...queuedTool("c5", "types"), stepEnd("tool_use"));
    await panel.emit({ type: "tool-end", id: "c5", state: "denied", title: "x", result: "", at: Date.now() });
    await panel.page.locator("textarea").fill("and then?");
    await panel.page.locator("textarea").press("Enter");
    await panel.page.locator(".approval .button-primary:not([aria-disabled=true])").first().waitFor();
    await panel.page.locator(".tool .disclosure-header").first().click();
    await panel.page.getByRole("button", { name: "More ways to allow" }).click();
  },
  "errors and retries": async (panel) => {
    await panel.emit(turnStart("a", [], "t1"), turnEnd({ kind: "step-limit", steps: 25 }));
    await panel.emit(turnStart("b", [], "t2"), turnEnd({ kind: "failed", error: throttled, cutOff: false }));
    await panel.page.getByRole("button", { name: "Details" }).click();
    await panel.emit(turnStart("c", [], "t3"), stepStart());
    await panel.emit({
      type: "retry-scheduled",
      error: throttled,
      retry: 1,
      retries: 5,
      delayMs: 60_000,
      at: Date.now(),
    });
  },
};

describe("accessibility", () => {
  const browser = suiteBrowser();

  testEveryTheme(browser, demoContext, scenes);

  it("says what changed, never the words that stream, and the answer once at its end", async () => {
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

  it("says once that a turn starts, what needs an answer, a retry and an end, and then keeps no old text", async () => {
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

  it("moves nothing for those who asked for stillness", async () => {
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

  it("walks in reading order and shows where the focus is", async () => {
    const panel = await PanelPage.open(browser(), { context: bedrockContext });
    await panel.emit(turnStart("go"), stepStart(), text("[a](src/a.ts)\n\n```ts\nx\n```\n"), turnEnd());
    const order: string[] = [];
    for (let step = 0; step < 10; step += 1) {
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
      "Restore Checkpoint…",
      "a",
      "Copy code",
      "x",
      "Copy answer",
      "Prompt. Enter sends, Shift+Enter breaks the line, Up recalls earlier prompts.",
      "Mode: Agent. Select another mode",
      "Configure Tools…",
      "Model: claude-sonnet-4-5. Select another model",
      "Send",
    ]);
    await panel.close();
  });
});
