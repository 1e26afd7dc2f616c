import { after, afterEach, before, beforeEach } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../../scripts/vscode/launch-chromium.mjs";
import { type PanelOptions, PanelPage } from "./panel-page.ts";

let started: Promise<Browser> | undefined;

// After the last test of the process.
after(async () => (await started)?.close());

/** The browser that all suites of a process share: started before the first test. Called inside a suite. */
export function suiteBrowser(): () => Browser {
  let browser: Browser | undefined;
  before(async () => {
    started ??= launchChromium();
    browser = await started;
  });
  return () => {
    if (browser === undefined) throw new Error("The browser starts before the first test of its suite.");
    return browser;
  };
}

/** Opens a panel before each test of a suite, hands it to `arrange` and closes it after the test. Called inside a suite. */
export function openPanelForEach(options: PanelOptions, arrange: (panel: PanelPage) => Promise<void> | void): void {
  const browser = suiteBrowser();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open(browser(), options);
    await arrange(panel);
  });
  afterEach(() => panel.close());
}
