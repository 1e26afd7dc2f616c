import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { comes } from "../support/comes.ts";
import { until } from "../support/until.ts";
import { openWorkbench, type Workbench, type WorkbenchOptions } from "../support/vscode/workbench.ts";

const model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** A real workbench whose model is scripted, and whose panel can be made to say what an attacker in it would. */
export interface SecurityScene {
  readonly emulator: RunningEmulator;
  readonly workbench: Workbench;
  readonly panel: Frame;
  /** The editor's own modal dialog. */
  readonly dialog: Locator;
  play(...replies: Script["replies"]): void;
  /** Presses a button of the dialog, later than its arming time. */
  press(button: string): Promise<void>;
  /** Asks for a dialog until it is there: the host hears a moment late that the one before is gone, and shows none until then. */
  untilDialog(ask: () => Promise<unknown>): Promise<void>;
  /** Posts messages to the host as code in the panel could. */
  forge(...messages: readonly unknown[]): Promise<void>;
  /** Id and digest of the request that the panel was told of last. */
  lastRequest(): Promise<{ readonly id: string; readonly digest: string }>;
  /** A file of the workspace; undefined where there is none. */
  textOf(path: string): string | undefined;
  close(): Promise<void>;
}

export async function openSecurityScene(options: WorkbenchOptions = {}): Promise<SecurityScene> {
  const emulator = await startEmulator({ script: { replies: [{ text: "unused" }] } });
  const connection = { "outcrop.endpoint": emulator.url, "outcrop.region": "us-east-1", "outcrop.model": model };
  const workbench = await openWorkbench({
    ...options,
    settings: { ...connection, ...options.settings },
    environment: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "test" },
    prepare: (page) => page.addInitScript(compromisePanel),
  });
  const { page } = workbench;
  const panel = await workbench.panel();
  const dialog = page.locator(".monaco-dialog-box");
  return {
    ...{ emulator, workbench, panel, dialog },
    play: (...replies) => emulator.setScript({ replies }),
    press: async (button) => {
      await dialog.waitFor();
      await page.waitForTimeout(600);
      await dialog.getByRole("button", { name: button, exact: true }).click();
    },
    untilDialog: (ask) =>
      until("the dialog is there", async () => {
        if (await dialog.isVisible()) return true;
        await ask().catch(() => undefined);
        return comes(dialog, 2_000);
      }),
    forge: (...messages) =>
      panel.evaluate((all) => {
        for (const message of all) Reflect.get(globalThis, "forge")(message);
      }, messages),
    lastRequest: () => panel.evaluate(() => Reflect.get(globalThis, "lastRequest")),
    textOf: (path) => readText(join(workbench.workspace, path)),
    close: async () => {
      await workbench.close();
      await emulator.close();
    },
  };
}

/** Runs in every frame before its scripts: whoever acquires the panel's way to the host leaves a copy of it. */
function compromisePanel(): void {
  let acquire: (() => { postMessage(message: unknown): void }) | undefined;
  Object.defineProperty(globalThis, "acquireVsCodeApi", {
    configurable: true,
    get: () => acquire,
    set: (real: () => { postMessage(message: unknown): void }) => {
      acquire = () => {
        const api = real();
        Object.assign(globalThis, { forge: (message: unknown) => api.postMessage(message) });
        addEventListener("message", ({ data }) => {
          for (const event of data?.events ?? []) {
            if (event.type === "tool-awaiting-approval") Object.assign(globalThis, { lastRequest: event.request });
          }
        });
        return api;
      };
    },
  });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
