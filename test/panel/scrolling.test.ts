import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { answer, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("scrolling", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("go"), stepStart(), text(answer), text(answer));
  });

  const fromEnd = () =>
    panel.page
      .locator(".transcript")
      .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  const scrollTop = () => panel.page.locator(".transcript").evaluate((element) => element.scrollTop);
  const button = () => panel.page.getByRole("button", { name: "Scroll to Bottom" });
  const wheel = async (delta: number) => {
    await panel.page.locator(".transcript").hover();
    await panel.page.mouse.wheel(0, delta);
    await panel.say({
      type: "context",
      context: {
        connection: { kind: "demo" },
        mode: "agent",
        queueAction: "steer",
        attachments: [],
        suggestions: [],
        repository: [],
        restricted: false,
      },
    });
  };

  it("UX36 follows what streams in", async () => {
    for (const part of [answer, "more words", answer]) {
      await panel.emit(text(part));
      assert.ok((await fromEnd()) <= 1, `${await fromEnd()} px from the end`);
    }
    assert.equal(await button().count(), 0);
  });

  it("UX36 lets go when the user scrolls upward, and then stays where they read", async () => {
    await wheel(-200);
    await button().waitFor();
    const before = await scrollTop();
    await panel.emit(text(answer));
    assert.equal(await scrollTop(), before);
  });

  it("UX36 comes back to the end and follows again by the button", async () => {
    await wheel(-200);
    await button().click();
    await panel.emit(text(answer));
    assert.ok((await fromEnd()) <= 1);
    await button().waitFor({ state: "detached" });
  });

  it("UX36 follows again when the user scrolls back to the end", async () => {
    await wheel(-200);
    await button().waitFor();
    await wheel(5000);
    await button().waitFor({ state: "detached" });
    await panel.emit(text(answer));
    assert.ok((await fromEnd()) <= 1);
  });

  it("follows again when the user sends a prompt", async () => {
    await panel.emit(turnEnd());
    await wheel(-200);
    await button().waitFor();
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("next");
    await panel.page.keyboard.press("Enter");
    await panel.emit(turnStart("next", [], "turn-2"));
    assert.ok((await fromEnd()) <= 1);
  });

  for (const from of ["the middle", "the end"]) {
    it(`UX13 keeps what is read in place while the input grows, from ${from}`, async () => {
      if (from === "the middle") {
        await wheel(-200);
        await button().waitFor();
      }
      const block = panel.page.locator(".markdown > *").nth(-4);
      const [top, left] = [(await block.boundingBox())?.y ?? 0, await fromEnd()];
      const input = panel.page.getByRole("textbox", { name: /^Prompt/ });
      const height = (await input.boundingBox())?.height ?? 0;
      await input.fill("one\ntwo\nthree\nfour");
      await panel.emit();
      const grown = ((await input.boundingBox())?.height ?? 0) - height;
      assert.ok(grown > 20, `${grown} px`);
      const moved = top - ((await block.boundingBox())?.y ?? 0);
      const wanted = from === "the end" ? grown : 0;
      assert.ok(Math.abs(moved - wanted) <= 1, `moved by ${moved} px`);
      assert.ok(from !== "the end" || Math.abs((await fromEnd()) - left) <= 1);
    });
  }

  it("UX37 keeps what is read in place when something above it unfolds", async () => {
    await panel.emit({ type: "tool-start", id: "c1", name: "read_file", title: "Reading", at: 0 });
    await panel.emit({ type: "tool-input", id: "c1", input: '{"path":"a.ts"}', title: "Reading a.ts" });
    await panel.emit(text(answer, 2), text(answer, 2), text(answer, 2));
    await wheel(-60);
    await button().waitFor();
    const moved = await panel.page.evaluate(async () => {
      const read = document.querySelector(".markdown:last-of-type blockquote:last-child");
      const before = read?.getBoundingClientRect().top ?? 0;
      document.querySelector<HTMLElement>(".tool .disclosure-header")?.click();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return Math.abs((read?.getBoundingClientRect().top ?? 0) - before);
    });
    assert.ok(moved <= 1, `moved by ${moved} px`);
  });
});
