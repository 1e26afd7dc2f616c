// Photographs Outcrop's panel beside VS Code's own chat view in one window: docs/pictures/beside-vscode-chat-<theme>.png.
import { join } from "node:path";
import { ask, untilEnded } from "../../test/e2e/panel-page.ts";
import { openWorkbench } from "../../test/support/vscode/workbench.ts";
import { repositoryRoot } from "../paths.mjs";

const themes = { dark: "Default Dark Modern", light: "Default Light Modern" };

export async function takeBesideChat() {
  for (const [theme, colorTheme] of Object.entries(themes)) {
    const workbench = await openWorkbench({
      viewport: { width: 1300, height: 800 },
      settings: { "workbench.colorTheme": colorTheme, "chat.disableAIFeatures": false },
    });
    const { page } = workbench;
    try {
      await workbench.runCommand("Chat: Open Chat");
      await page.locator(".part.auxiliarybar .interactive-session").waitFor();
      await moveChat(page);
      const panel = await workbench.panel();
      await ask(panel, "where is the retry delay computed?");
      await untilEnded(panel);
      await page.mouse.move(676, 620);
      await page.waitForTimeout(1000);
      const path = join(repositoryRoot, "docs", "pictures", `beside-vscode-chat-${theme}.png`);
      await page.screenshot({ path });
      process.stdout.write(`${path}\n`);
    } finally {
      await workbench.close();
    }
  }
}

/** Moves VS Code's chat into the primary side bar. @param {import("playwright-core").Page} page */
async function moveChat(page) {
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input[type=text]").fill(">View: Move View");
  await rows.filter({ hasText: "View: Move View" }).first().click();
  await rows.filter({ hasText: "Secondary Side Bar / Chat" }).click();
  await rows.filter({ hasText: "New Side Bar Entry" }).first().click();
  await page.locator(".part.sidebar .interactive-session").waitFor();
}
