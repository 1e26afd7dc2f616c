// `npm run pictures`: makes docs/pictures from the real workbench, through the demo model, and from what the last run of the
// end-to-end tests photographed; `npm run pictures -- window` does the second alone. `npm run pictures -- states [name…]` takes the
// states of the panel alone, `-- beside` the panel beside VS Code's own chat.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ask, untilEnded } from "../test/e2e/panel-page.ts";
import { openWorkbench } from "../test/support/vscode/workbench.ts";
import { repositoryRoot } from "./paths.mjs";
import { takeBesideChat } from "./pictures/beside-chat.mjs";
import { keepScreenReaderLog } from "./pictures/keep-screen-reader-log.mjs";
import { keepScreenshots } from "./pictures/keep-screenshots.mjs";
import { takePanelStates } from "./pictures/panel-states.mjs";

const folder = join(repositoryRoot, "docs", "pictures");
const question = "where is the retry delay computed, and do the tests pass?";
const themes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "hc-dark": "Default High Contrast",
  "hc-light": "Default High Contrast Light",
};
/** Widths of the sidebar in pixels. */
const widths = { narrow: 300, wide: 600 };

mkdirSync(folder, { recursive: true });
const [part, ...names] = process.argv.slice(2);
if (part === undefined || part === "states") await takePanelStates(names);
if (part === undefined || part === "beside") await takeBesideChat();
if (part === "states" || part === "beside") process.exit();
const missing = keepScreenshots(folder);
if (missing.length > 0) process.stderr.write(`No end-to-end test has photographed: ${missing.join(", ")}\n`);
if (!keepScreenReaderLog()) process.stderr.write("No end-to-end test has heard a screen reader.\n");
for (const [theme, colorTheme] of part === "window" ? [] : Object.entries(themes)) {
  for (const [size, width] of Object.entries(widths)) await takePictures(theme, colorTheme, size, width);
}
await import("./pictures/walkthrough.mjs");

/** @param {string} theme @param {string} colorTheme @param {string} size @param {number} width */
async function takePictures(theme, colorTheme, size, width) {
  const workbench = await openWorkbench({
    viewport: { width: 700 + width, height: 800 },
    settings: { "workbench.colorTheme": colorTheme, "workbench.activityBar.location": "default" },
  });
  /** @param {string} name */
  const take = async (name) => {
    // Away from every edge, which would light up below the pointer.
    await workbench.page.mouse.move(180, 620);
    await workbench.page.waitForTimeout(300);
    const path = join(folder, size === "wide" ? `${name}-${theme}.png` : `${name}-${theme}-${size}.png`);
    await workbench.page.screenshot({ path });
    process.stdout.write(`${path}\n`);
  };
  try {
    const panel = await workbench.panel();
    await panel.getByText("Demo model: scripted, no AI").waitFor();
    await resizeSidebar(workbench.page, width);
    await panel.locator("textarea").focus();
    await take("empty");
    await ask(panel, question);
    await panel.locator("[data-approval]").waitFor();
    await workbench.page.waitForTimeout(700);
    await take("approval");
    await panel.getByRole("button", { name: "Allow Once" }).click();
    await untilEnded(panel);
    await take("answer");
    await ask(panel, "show throttling");
    await panel
      .getByText(/Throttled by Bedrock/)
      .first()
      .waitFor();
    await take("retry");
  } finally {
    await workbench.close();
  }
}

/** Drags the edge between editor and sidebar. @param {import("playwright-core").Page} page @param {number} width */
async function resizeSidebar(page, width) {
  const box = await page.locator(".part.auxiliarybar").boundingBox();
  if (box === null) throw new Error("The secondary sidebar is not open.");
  await page.mouse.move(box.x - 1, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - width, 400, { steps: 8 });
  await page.mouse.up();
}
