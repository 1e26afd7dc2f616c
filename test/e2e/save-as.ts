import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";

/**
 * Gives the editor's own file dialog the path of a new file, until it is there. The dialog opens a moment after the palette
 * has closed that it was asked for in, writes the folder it opens in over what was typed too early, and takes no Enter while it
 * still looks at what was typed. The test's own limit ends a wait in vain.
 */
export async function saveAs(page: Page, path: string): Promise<void> {
  const widget = page.locator(".quick-input-widget");
  const input = widget.locator("input[type=text]");
  while (!existsSync(path) || (await widget.isVisible())) {
    const typed = (await widget.isVisible()) ? await input.inputValue() : undefined;
    if (typed !== undefined && !typed.startsWith(">")) {
      if (typed !== path) await input.fill(path);
      await page.keyboard.press("Enter");
    }
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
