import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { defaultDisplay } from "../../src/protocol/display.ts";
import { demoContext } from "../support/panel/contexts.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import {
  approvalRequest,
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

const ran: ChatEvent = { type: "tool-end", id: "c1", state: "succeeded", title: "Read a.ts", result: "", at: 0 };
const scene: readonly (readonly ChatEvent[])[] = [
  [turnStart("go"), stepStart()],
  [text("I look at it, "), text("word by word.")],
  runningTool("c1", "read_file", "Reading a.ts", "{}"),
  [ran],
  awaitingTool(),
  [{ type: "tool-running", id: approvalRequest.id, at: 0 }],
  [{ ...ran, id: approvalRequest.id, title: "Ran it" }, stepEnd("tool_use"), stepStart(2)],
  [text("All **good**.\n\n```ts\ncode\n```\n"), turnEnd()],
  [turnStart("again", [], "t2"), turnEnd({ kind: "failed", error: throttled, cutOff: false })],
];

describe("what is announced", () => {
  const browser = suiteBrowser();

  /** What both live regions said, in their order. */
  async function listen(speaksSteps: boolean): Promise<readonly string[]> {
    const context = { ...demoContext, display: { ...defaultDisplay, speaksSteps } };
    const panel = await PanelPage.open(browser(), { context });
    const heard: string[] = [];
    let before = ["", ""];
    for (const events of scene) {
      await panel.emit(...events);
      const now = await panel.page.locator("[aria-live]").allTextContents();
      heard.push(...now.filter((said, index) => said !== "" && said !== before[index]));
      before = now;
    }
    assert.equal(await panel.page.locator(".transcript [aria-live], .transcript [role=status]").count(), 0);
    await panel.close();
    return heard;
  }

  const needed = [
    /^Approval required: Run task "test"\? .*Press Control\+Enter to allow once or Control\+Alt\+Enter to skip\.$/,
    /^Answer complete\. 1 code block\. All good\.$/,
    /^Throttled by Bedrock/,
  ];

  it("UX95 is each step, each approval, the answer once with its number of code blocks, and each error", async () => {
    const heard = await listen(true);
    const steps = heard.filter((said) => !needed.some((pattern) => pattern.test(said)));
    assert.deepEqual(steps, ["Working.", "Reading a.ts", "Read a.ts", 'Running task "test"', "Ran it"]);
    assert.equal(heard.length, steps.length + needed.length);
  });

  it("UX95 is only what needs the user, answers and errors where the setting says so", async () => {
    const heard = await listen(false);
    assert.equal(heard.length, needed.length, heard.join("\n"));
    for (const [index, pattern] of needed.entries()) assert.match(heard[index] ?? "", pattern);
  });
});
