import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../src/protocol/chat-state.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { answer, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const turns = 60;

function longChat(sessionId = "long"): ChatState {
  const events = Array.from({ length: turns }, (_, index) => [
    turnStart(`prompt ${index}`, [], `t${index}`),
    stepStart(),
    text(`Answer ${index}. ${answer}`),
    turnEnd(),
  ]).flat();
  return events.reduce(reduceChat, emptyChat(sessionId));
}

/** The browser has no rest until `rest` is called, and then once. */
async function holdRest({ page }: PanelPage): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    const waiting: IdleRequestCallback[] = [];
    window.requestIdleCallback = (callback) => waiting.push(callback);
    Object.assign(window, { waiting });
  });
  return () =>
    page.evaluate(async () => {
      const { waiting } = Object.assign({ waiting: [] as IdleRequestCallback[] }, window);
      const due = waiting.splice(0);
      for (const callback of due) callback({ didTimeout: false, timeRemaining: () => 10 });
      for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      return due.length > 0;
    });
}

describe("a long chat", () => {
  let panel: PanelPage;
  openPanelForEach({}, (opened) => {
    panel = opened;
  });
  const prompts = () => panel.page.locator(".prompt-bubble").allTextContents();
  const scroller = () => panel.page.locator(".transcript");
  const all = Array.from({ length: turns }, (_, index) => `prompt ${index}`);
  const bubble = (prompt: string) => panel.page.locator(".prompt-bubble", { hasText: new RegExp(`^${prompt}$`) });
  const topOf = (prompt: string) => bubble(prompt).evaluate((element) => element.getBoundingClientRect().top);
  const show = async () => {
    const rest = await holdRest(panel);
    await panel.snapshot(bedrockContext, longChat());
    await panel.page.waitForFunction(() => document.querySelector(".sticky-prompt") !== null);
    return rest;
  };

  it("is there with its last turns at once, and with the others when the browser has time", async () => {
    const rest = await show();
    const first = await prompts();
    assert.ok(first.length < turns / 2, `${first.length} turns`);
    assert.deepEqual(first, all.slice(-first.length));
    while ((await prompts()).length < turns) assert.ok(await rest());
    assert.deepEqual(await prompts(), all);
    const fromEnd = await scroller().evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
    );
    assert.ok(fromEnd <= 1, `${fromEnd} px from the end`);
  });

  for (const [where, top] of [
    ["in the middle", 400],
    ["at the upper edge", 0],
  ] as const) {
    it(`UX36 keeps what is read in place while earlier turns come, ${where}`, async () => {
      const rest = await show();
      await scroller().evaluate((element, to) => element.scrollTo(0, to), top);
      await panel.page.getByRole("button", { name: "Scroll to Bottom" }).waitFor();
      const [read = ""] = (await prompts()).slice(1);
      const before = await topOf(read);
      const built = (await prompts()).length;
      while ((await prompts()).length < turns) assert.ok(await rest());
      assert.ok(built < turns);
      assert.ok(Math.abs((await topOf(read)) - before) <= 1, `moved by ${(await topOf(read)) - before} px`);
    });
  }

  /** Whole, and what is far from its end skipped. */
  const showSkipping = async () => {
    const rest = await show();
    while ((await prompts()).length < turns) await rest();
    await panel.page.waitForFunction(async () => {
      const { waiting } = Object.assign({ waiting: [] as IdleRequestCallback[] }, window);
      for (const callback of waiting.splice(0)) callback({ didTimeout: false, timeRemaining: () => 10 });
      return document.querySelector(".turns > *[style*='content-visibility: auto']") !== null;
    });
  };

  it("UX36 keeps what is read in place while turns above it are laid out, group after group", async () => {
    await showSkipping();
    await scroller().hover();
    await panel.page.mouse.wheel(0, -50);
    await panel.page.getByRole("button", { name: "Scroll to Bottom" }).waitFor();
    const steps = await scroller().evaluate(async (element) => {
      const seen = { count: 0, moved: 0, late: 0 };
      while (seen.count < 300 && element.scrollTop > 200) {
        const top = element.getBoundingClientRect().top;
        const read = document.elementFromPoint(200, 350)?.closest(".turns > * > * *");
        const before = read?.getBoundingClientRect().top ?? 0;
        element.scrollBy(0, -100);
        for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
        if (read?.isConnected) {
          seen.moved = Math.max(seen.moved, Math.abs(read.getBoundingClientRect().top - before - 100));
        }
        // What comes near the upper edge has to be laid out by then.
        seen.late += [...element.querySelectorAll(".answer")].filter((answer) => {
          const { bottom } = answer.getBoundingClientRect();
          const isNear = bottom > top - 300 && bottom < top;
          return isNear && answer.lastElementChild?.checkVisibility({ contentVisibilityAuto: true }) === false;
        }).length;
        seen.count += 1;
      }
      return seen;
    });
    assert.ok(steps.count > 60, `${steps.count} steps`);
    assert.ok(steps.moved <= 1, `moved by ${steps.moved} px`);
    assert.equal(steps.late, 0);
  });

  it("leaves nothing of what was skipped in it to another chat", async () => {
    await showSkipping();
    const groups = panel.page.locator(".turns > *");
    await groups.evaluateAll((each) => each.map((group) => group.setAttribute("data-of", "long")));
    await panel.snapshot(bedrockContext, { ...longChat("other"), past: longChat().past.slice(0, 10) });
    assert.deepEqual(await prompts(), all.slice(0, 10));
    const styles = await groups.evaluateAll((each) => each.map(({ style, dataset }) => [dataset["of"], style.cssText]));
    assert.ok(styles.length > 0);
    assert.ok(
      styles.every(([of, style]) => of === undefined && style === ""),
      styles.join(" | "),
    );
  });

  it("UX7 is where the user was reading after a reload, far from its end", async () => {
    const rest = await show();
    while ((await prompts()).length < turns) await rest();
    const distance = (await topOf("prompt 20")) + 150;
    await scroller().evaluate((element, by) => element.scrollBy(0, by), distance);
    await panel.page.waitForFunction(
      () => JSON.parse(sessionStorage.getItem("vscode-state") ?? "{}").scroll?.turn === 20,
    );
    const before = await topOf("prompt 20");
    await panel.page.reload();
    await panel.snapshot(bedrockContext, longChat());
    assert.ok(Math.abs((await topOf("prompt 20")) - before) <= 1, `${before} → ${await topOf("prompt 20")}`);
  });

  it("is searched as a whole, whatever of it is built", async () => {
    await show();
    await panel.page.keyboard.press("Control+F");
    await panel.page.getByPlaceholder("Find").fill("Answer 3.");
    await panel.page.locator(".find-count", { hasText: "1 of 1" }).waitFor();
  });

  it("has earlier turns of another chat not in its way", async () => {
    const rest = await show();
    await rest();
    await panel.snapshot(bedrockContext, { ...longChat("other"), past: longChat().past.slice(0, 2) });
    assert.deepEqual(await prompts(), all.slice(0, 2));
    await panel.emit(turnStart("next", [], "next"), stepStart(), text("One."), turnEnd());
    assert.deepEqual(await prompts(), [...all.slice(0, 2), "next"]);
  });
});
