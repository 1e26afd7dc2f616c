import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { asking, networkRequest } from "../support/panel/approval-scenes.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import { type PanelPage, showTheme } from "../support/panel/panel-page.ts";
import { answer, asked, stepEnd, stepStart, text, throttled, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { themes } from "../support/panel/themes.ts";

describe("the look of a narrow panel", () => {
  let panel: PanelPage;
  openPanelForEach({ width: 300, height: 480, context: bedrockContext, reducedMotion: true }, (opened) => {
    panel = opened;
  });

  const boxOf = async (selector: string) => {
    const box = await panel.page.locator(selector).last().boundingBox();
    if (box === null) throw new Error(`${selector} is not shown.`);
    return box;
  };
  const styleOf = (selector: string, property: string) =>
    panel.page
      .locator(selector)
      .last()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

  it("UX29 shows the model's name whole, and half of it beside the ways to send", async () => {
    const name = panel.page.locator(".model-button-name");
    assert.ok(await name.evaluate((element) => element.scrollWidth <= element.clientWidth));
    await panel.emit(turnStart("go"), stepStart());
    await panel.page.getByRole("textbox", { name: /^Prompt/ }).fill("and then");
    await panel.page.locator(".send-menu").waitFor();
    assert.ok(await name.evaluate((element) => element.clientWidth >= element.scrollWidth / 2));
  });

  it("UX36 leaves the last footer free beside Scroll to Bottom, which is there only where there is an end to go to", async () => {
    await panel.emit(turnStart("first", [], "t1"), stepStart(), text("Short."), stepEnd(), turnEnd());
    await panel.page.getByRole("button", { name: "Restore Checkpoint…" }).click();
    await panel.page.locator(".restore-question").waitFor();
    await panel.page.keyboard.press("Escape");
    await panel.page.locator(".scroll-to-bottom").waitFor({ state: "hidden" });
    await panel.emit(turnStart("second", [], "t2"), stepStart(), text(answer), stepEnd(), turnEnd());
    await panel.page.locator(".transcript").evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await panel.page.locator(".transcript").hover();
    await panel.page.mouse.wheel(0, -30);
    await panel.page.locator(".scroll-to-bottom").waitFor();
    const details = await boxOf(".turn-footer-last .turn-details > span");
    const button = await boxOf(".scroll-to-bottom");
    assert.ok(details.x + details.width <= button.x, `${details.x + details.width} and ${button.x}`);
  });

  it("UX97 keeps the colours of warnings and failures in high contrast", async () => {
    await panel.emit(turnStart("first", [], "t1"), stepStart());
    await panel.emit({
      type: "turn-end",
      outcome: { kind: "failed", error: throttled, cutOff: false },
      at: Date.now(),
    });
    await panel.emit(turnStart("second", [], "t2"), stepStart(), ...asking(networkRequest));
    for (const theme of ["hc-black", "hc-light"] as const) {
      await showTheme(panel.page, theme);
      const { variables } = themes[theme];
      const warning = rgbOf(variables["--vscode-notificationsWarningIcon-foreground"]);
      assert.equal(await styleOf(".approval-tier-2", "border-top-color"), warning);
      assert.equal(await styleOf(".approval-labels > li", "border-top-color"), warning);
      const failure = rgbOf(variables["--vscode-notificationsErrorIcon-foreground"]);
      assert.equal(await styleOf(".notice-error", "border-top-color"), failure);
    }
  });

  it("shows boxes to tick where several answers may be chosen, and none where one is", async () => {
    await panel.emit(turnStart("go"), stepStart(), asked({ multiple: true }));
    const box = await boxOf(".question-mark");
    const label = await boxOf(".question-label");
    assert.ok(box.x < label.x);
    assert.equal(await styleOf(".question-mark", "border-top-width"), "1px");
    await panel.emit(turnStart("go", [], "t2"), stepStart(), asked({}, "q2"));
    await panel.page.locator("[data-question=q2]").waitFor();
    assert.equal(await styleOf(".question-mark", "border-top-width"), "0px");
  });
});

function rgbOf(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}
