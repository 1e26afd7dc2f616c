import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../src/protocol/chat-state.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import {
  answer,
  approvalRequest,
  awaitingTool,
  runningTool,
  stepStart,
  text,
  turnEnd,
  turnStart,
} from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

/** So many turns are one group of those that the browser skips. */
const groupSize = 4;

function chatOf(groups: number): ChatState {
  const events = Array.from({ length: groups * groupSize }, (_, index) => [
    turnStart(`prompt ${index}`, [], `t${index}`),
    stepStart(),
    text(`Answer ${index}.${"\n\nAnd *so* on.".repeat(100)}`),
    turnEnd(),
  ]).flat();
  return events.reduce(reduceChat, emptyChat("long"));
}

/** Which groups of turns are skipped where they are off the screen, the first one first. */
const skipped = (element: Element) =>
  [...element.children].map((group) => group instanceof HTMLElement && group.style.contentVisibility === "auto");

/** Shows a chat of whole groups, all of which but the last are skipped. */
async function show(panel: PanelPage, groups: number): Promise<void> {
  await panel.snapshot(bedrockContext, chatOf(groups));
  await panel.page.waitForFunction(
    (count) =>
      document.querySelectorAll<HTMLElement>(".turns > *[style*=content-visibility]").length === count &&
      document.querySelectorAll(".turns > *").length === count + 1,
    groups - 1,
  );
}

interface Traced {
  readonly traceEvents: readonly { readonly name: string; readonly args: LayoutArgs }[];
}

interface LayoutArgs {
  readonly beginData?: { readonly totalObjects?: number };
}

describe("what a block that streams in costs the browser", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });

  // Each such question is asked anew of all that is there, every turn included, whenever something is added.
  it("no style asks with :has() what is in the transcript, or in what that is in", async () => {
    await panel.emit(
      ...[turnStart("one", [], "one"), stepStart(), text(answer), turnEnd()],
      ...[turnStart("two", [], "two"), stepStart(), ...runningTool("call", "run_tests", "Running tests", "{}")],
      { type: "tool-output", id: "call", text: "1 passed" },
      ...["first", "second"].flatMap((id) => awaitingTool({ ...approvalRequest, id })),
    );
    await panel.page.locator(".prompt-bubble").last().click();
    await panel.page.locator(".prompt-editor").waitFor();
    await panel.page.keyboard.press("Control+F");
    await panel.page.locator(".find-bar").waitFor();
    const asking = await panel.page.evaluate(() => {
      const selectorsOf = (rules: CSSRuleList): readonly string[] =>
        [...rules].flatMap((rule) => [
          ...(rule instanceof CSSStyleRule ? rule.selectorText.split(/,(?![^()]*(?:\([^()]*\)[^()]*)*\))/) : []),
          ...("cssRules" in rule && rule.cssRules instanceof CSSRuleList ? selectorsOf(rule.cssRules) : []),
        ]);
      const transcript = document.querySelector(".transcript");
      const subjectsOf = (selector: string) => {
        const subject = selector.slice(0, selector.indexOf(":has(")).replace(/:(is|not|where)\([^)]*$/, "");
        return [...document.querySelectorAll(subject.trim() || "*")];
      };
      return [...document.styleSheets]
        .flatMap(({ cssRules }) => selectorsOf(cssRules))
        .filter((selector) => selector.includes(":has("))
        .filter((selector) => {
          const isOfTranscript = (element: Element) => element.contains(transcript) || transcript?.contains(element);
          return subjectsOf(selector).some(isOfTranscript);
        });
    });
    assert.deepEqual(asking, []);
  });

  it("costs no turn that is far from the screen a look at its layout", async () => {
    const objects = [];
    for (const groups of [3, 12]) {
      await show(panel, groups);
      await panel.emit(turnStart("go", [], "go"), stepStart(), text("First."));
      const browser = panel.page.context().browser() ?? assert.fail("the page has no browser");
      await browser.startTracing(panel.page, { categories: ["devtools.timeline"] });
      for (let block = 0; block < 5; block += 1) await panel.emit(text(`\n\nBlock ${block}.`));
      const { traceEvents }: Traced = JSON.parse((await browser.stopTracing()).toString());
      const counts = traceEvents.flatMap(({ name, args }) =>
        name === "Layout" ? [args.beginData?.totalObjects ?? 0] : [],
      );
      assert.ok(counts.length >= 5, `${counts.length} layouts`);
      objects.push(Math.max(...counts));
    }
    const [few = 0, many = 0] = objects;
    assert.ok(few > 0);
    // A box for each group, and something around it.
    assert.ok(many - few <= 2 * (12 - 3), `${few} objects in a short chat, ${many} in a long one`);
  });

  it("leaves the last turns laid out, also after others were taken back", async () => {
    await show(panel, 4);
    const groups = () => panel.page.locator(".turns").evaluate(skipped);
    assert.deepEqual(await groups(), [true, true, true, false]);
    const whole = chatOf(4);
    await panel.snapshot(bedrockContext, { ...whole, past: whole.past.slice(0, 3 * groupSize) });
    await panel.page.waitForFunction(
      () => document.querySelectorAll(".turns > *[style*=content-visibility]").length === 2,
    );
    assert.deepEqual(await groups(), [true, true, false]);
  });
});
