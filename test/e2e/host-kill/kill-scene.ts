import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { prepareSampleWorkspace } from "../../../scripts/workspace.mjs";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/emulator-server.ts";
import type { Reply } from "../../../src/emulator/script-schema.ts";
import { untilGone } from "../../support/until-gone.ts";
import { openWorkbench, type Workbench } from "../../support/vscode/workbench.ts";
import { addCountedTask, type CountedTask } from "./counted-task.ts";
import { type OpenJournal, readOpenJournal } from "./open-journal.ts";

/** A real workbench whose extension host is killed, the model that it speaks to, and the task that counts its runs. */
export class KillScene {
  readonly emulator: RunningEmulator;
  readonly workbench: Workbench;
  readonly task: CountedTask;
  readonly #folder: string;
  #panel: Frame;

  private constructor(parts: Pick<KillScene, "emulator" | "workbench" | "task">, folder: string, panel: Frame) {
    this.emulator = parts.emulator;
    this.workbench = parts.workbench;
    this.task = parts.task;
    this.#folder = folder;
    this.#panel = panel;
  }

  static async open(): Promise<KillScene> {
    const folder = await mkdtemp(join(tmpdir(), "outcrop-host-kill-"));
    const workspace = (await prepareSampleWorkspace(join(folder, "parcel-notifier"))).folder;
    const task = addCountedTask(workspace);
    const emulator = await startEmulator({ script: { replies: [{ text: "unused" }] } });
    const workbench = await openWorkbench({
      workspace,
      settings: {
        "outcrop.endpoint": emulator.url,
        "outcrop.region": "us-east-1",
        "outcrop.model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      },
      environment: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "test" },
    });
    return new KillScene({ emulator, workbench, task }, folder, await workbench.panel());
  }

  get panel(): Frame {
    return this.#panel;
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await this.emulator.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  play(replies: readonly Reply[], repeatLast = false): void {
    this.emulator.setScript({ replies: [...replies], repeatLast });
  }

  journal(): OpenJournal {
    return readOpenJournal(this.workbench.globalStorage);
  }

  async newChat(): Promise<void> {
    await this.workbench.runCommand("Outcrop: New Chat");
    await this.#panel.locator(".empty-state").waitFor();
  }

  /** The panel's text. Waiting inside the panel is not possible: its content security policy forbids evaluating text. */
  transcript(): Promise<string> {
    return this.#panel.locator("body").innerText();
  }

  /** Polls, since what is waited for lies in files, in the panel and in the emulator. */
  async until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (!(await holds())) {
      assert.ok(Date.now() < deadline, `${what}: not within 30 s. The panel shows:\n${await this.transcript()}`);
      await this.workbench.page.waitForTimeout(10);
    }
  }

  /** Kills the extension host as the system would, and loads the page again. What the journal held then. */
  async kill(): Promise<OpenJournal> {
    const { pid } = this.journal();
    process.kill(pid, "SIGKILL");
    await untilGone(pid);
    const left = this.journal();
    await this.workbench.reload();
    this.#panel = await this.workbench.panel();
    await this.until(
      "a new extension host holds the session",
      () => this.journal().pid > 0 && this.journal().pid !== pid,
    );
    await this.#panel.locator(".prompt").last().waitFor();
    return left;
  }
}
