import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { childEnvironment, repositoryRoot } from "../../../scripts/paths.mjs";
import { type CodeServer, panelInFront, startCodeServer } from "../../../scripts/vscode/code-server.mjs";
import { installCodeServer } from "../../../scripts/vscode/install-code-server.mjs";
import { launchChromium } from "../../../scripts/vscode/launch-chromium.mjs";
import { prepareSampleWorkspace } from "../../../scripts/workspace.mjs";
import { comes } from "../comes.ts";

export interface WorkbenchOptions {
  /** User settings on top of those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opened as it is; left out, a fresh copy of the sample workspace with a git repository of its own. */
  readonly workspace?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** False opens the workspace in Restricted Mode. */
  readonly trust?: boolean;
  /** Added to an environment that has no AWS credentials and an empty home folder. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The extension's folder; this repository when left out. */
  readonly extension?: string;
  /** Has the page before it shows anything. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface Workbench {
  readonly page: Page;
  /** The folder that is open. */
  readonly workspace: string;
  /** Where the extension keeps its files, such as its sessions. */
  readonly globalStorage: string;
  /** What VS Code's server printed so far. */
  readonly serverOutput: () => string;
  /** Opens the Outcrop view where it is not open, and returns the frame that holds `#outcrop`. */
  panel(): Promise<Frame>;
  /** Runs a command through the command palette, such as "Outcrop: New Chat". */
  runCommand(title: string): Promise<void>;
  /** Loads the page again, as a person's browser does; frames of `panel()` from before are gone. */
  reload(): Promise<void>;
  /** Writes `out/screenshots/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a real VS Code in a headless browser with the built extension, and waits for its workbench. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-workbench-"));
  const workspace = options.workspace ?? (await prepareSampleWorkspace(join(folder, "parcel-notifier"))).folder;
  const server = await startServer(options, folder, workspace);
  const browser = await launchChromium();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
    await options.prepare?.(page);
    await page.goto(server.url);
    await untilWorkbench(page);
    return {
      page,
      workspace,
      globalStorage: join(folder, "server", "data", "User", "globalStorage"),
      serverOutput: server.output,
      panel: () => openPanel(page),
      runCommand: (title) => runCommand(page, title),
      reload: async () => {
        await page.reload();
        await untilWorkbench(page);
      },
      screenshot: (name) => takeScreenshot(page, name),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServer(options: WorkbenchOptions, folder: string, workspace: string): Promise<CodeServer> {
  const home = join(folder, "home");
  mkdirSync(home);
  const inherited = Object.entries(childEnvironment()).filter(
    ([name]) => !/^(AWS|OUTCROP|VSCODE|ELECTRON|npm)_/i.test(name),
  );
  return startCodeServer({
    server: await installCodeServer(),
    serverDataFolder: join(folder, "server"),
    folder: workspace,
    extensionDevelopmentPath: options.extension ?? repositoryRoot,
    defaults: panelInFront,
    settings: options.settings ?? {},
    trust: options.trust ?? true,
    environment: {
      ...Object.fromEntries(inherited),
      HOME: home,
      USERPROFILE: home,
      AWS_EC2_METADATA_DISABLED: "true",
      ...options.environment,
    },
  });
}

async function untilWorkbench(page: Page): Promise<void> {
  await page.locator(".monaco-workbench .part.statusbar").waitFor();
}

async function openPanel(page: Page): Promise<Frame> {
  const sidebar = page.locator(".part.auxiliarybar");
  const tab = sidebar.getByRole("tab", { name: "Outcrop" });
  // VS Code may be about to show the view. But it keeps its layout a moment late: a page that is reloaded just after the sidebar
  // was shown may come back without it.
  const isShown = await comes(tab, 3_000);
  if (!isShown && !(await sidebar.isVisible())) await runCommand(page, "Outcrop: Focus Chat");
  await tab.waitFor();
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const frame = await findPanel(page);
    if (frame !== undefined) return frame;
    // After a reload VS Code may be opening the view by itself; a click on a tab that is in front already hides the sidebar.
    if ((await tab.getAttribute("aria-selected")) !== "true" || !(await isViewOpen(page))) await tab.click();
    await page.waitForTimeout(250);
  }
  throw new Error(
    `The panel did not appear. Frames: ${page
      .frames()
      .map((frame) => frame.url())
      .join(" ")}`,
  );
}

async function isViewOpen(page: Page): Promise<boolean> {
  return (await page.locator(".part.auxiliarybar .composite.viewlet, .part.auxiliarybar .pane-body").count()) > 0;
}

async function findPanel(page: Page): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    const root = await frame.$("#outcrop").catch(() => null);
    if (root !== null) return frame;
  }
  return undefined;
}

/**
 * Opens the palette again where it closed by itself, since a workbench that still opens its editors takes the focus, and where
 * it lists a command of an extension not yet: as a user would.
 */
async function runCommand(page: Page, title: string): Promise<void> {
  for (let attempt = 1; attempt < 6; attempt++) {
    try {
      return await pickCommand(page, title, { timeout: 5000 });
    } catch {
      await page.keyboard.press("Escape");
    }
  }
  await pickCommand(page, title, {});
}

async function pickCommand(page: Page, title: string, limit: { readonly timeout?: number }): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input[type=text]").fill(`>${title}`, limit);
  // Not the first of all rows: another command that was used lately may stand above it. And not of the list from before the text
  // was typed, which has no highlights.
  const found = { hasText: title, has: page.locator(".highlight") };
  const row = page.locator(".quick-input-list .monaco-list-row", found).first();
  // Only what comes before the press has a limit: a press that was slow must not be done again.
  await row.click({ ...limit, trial: true });
  await row.click();
  // A press is lost where the list is filled anew under it.
  await row.waitFor({ state: "hidden" });
}

async function takeScreenshot(page: Page, name: string): Promise<string> {
  const path = join(repositoryRoot, "out", "screenshots", `${name}.png`);
  await page.screenshot({ path });
  return path;
}
