import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";

/**
 * Gives the editor's own file dialog a path. The dialog writes the folder it opens in over what was typed too early, and
 * takes no Enter while it still looks at what was typed.
 */
export async function saveAs(page: Page, path: string): Promise<void> {
  const widget = page.locator(".quick-input-widget");
  const input = widget.locator("input[type=text]");
  while (await widget.isVisible()) {
    if ((await input.inputValue()) !== path) await input.fill(path);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(400);
  }
}

/** The text of a file the editor is writing, once its last line is there; the test's own limit ends a wait in vain. */
export async function readWhenWritten(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.endsWith("\n")) return text;
    await delay(50);
  }
}
