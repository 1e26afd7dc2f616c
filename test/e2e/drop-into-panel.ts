import assert from "node:assert/strict";
import type { Frame, Locator, Page } from "playwright-core";
import { until } from "../support/until.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

/** A file or folder in VS Code's Explorer. */
export function explorerRow(page: Page, name: string): Locator {
  return page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();
}

/** Drags a row of the Explorer onto the panel with Shift held, until the panel hears of the drop: the browser may lose one. */
export async function dropIntoPanel(workbench: Workbench, panel: Frame, name: string): Promise<void> {
  await panel.evaluate(() => addEventListener("drop", () => Object.assign(globalThis, { isDropped: true }), true));
  await until("the panel hears of the drop", async () => {
    await drag(workbench, panel, name);
    return panel.evaluate(() => Reflect.get(globalThis, "isDropped") === true);
  });
}

async function drag({ page, screenshot }: Workbench, panel: Frame, name: string): Promise<void> {
  const overlay = panel.getByText("Attach as Context", { exact: true });
  const from = await explorerRow(page, name).boundingBox();
  const to = await page.locator("iframe.webview").first().boundingBox();
  assert.ok(from !== null && to !== null);
  await page.mouse.move(from.x + 40, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 18, { steps: 4 });
  await page.keyboard.down("Shift");
  // A hand moves on until the panel says what it takes; a page takes a drop only where it was moved over.
  for (let step = 0; step < 500 && !(await overlay.isVisible()); step += 1) {
    await page.mouse.move(to.x + 100 + (step % 50), to.y + 200, { steps: 4 });
  }
  await overlay.waitFor();
  await screenshot("drop-overlay");
  await page.mouse.move(to.x + 90, to.y + 190, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
}
