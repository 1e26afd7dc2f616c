import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import {
  approvalRequest,
  queuedTool,
  stepEnd,
  stepStart,
  toolStart,
  turnEnd,
  turnStart,
} from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

const at = Date.UTC(2026, 10, 21, 9, 30);

describe("tool calls", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("go"), stepStart());
  });

  const rows = () => panel.page.locator(".tool .disclosure-header").allTextContents();
  const spoken = async () => (await panel.page.getByRole("status").textContent()) ?? "";
  const awaiting = (id: string): ChatEvent => {
    return { type: "tool-awaiting-approval", id, request: { ...approvalRequest, id }, at };
  };
  const running = (id: string): ChatEvent => ({ type: "tool-running", id, at: Date.now() });
  const end = (id: string, state: "denied" | "failed" | "cancelled" | "succeeded", title: string) =>
    ({ type: "tool-end", id, state, title, result: "", at: Date.now() }) as const;

  it("UX63 are queued behind an open approval, not running", async () => {
    await panel.emit(...queuedTool("c1", "test"), ...queuedTool("c2", "build"), ...queuedTool("c3", "lint"));
    assert.deepEqual(await rows(), [
      'Run task "test" Preparing…',
      'Run task "build" Preparing…',
      'Run task "lint" Preparing…',
    ]);
    await panel.emit(stepEnd("tool_use"), awaiting("c1"));
    assert.deepEqual(await rows(), [
      'Run task "test" Waiting for you',
      'Run task "build" Queued',
      'Run task "lint" Queued',
    ]);
    assert.equal(await panel.page.locator(".tool .icon-loading").count(), 0);
    await panel.emit(running("c1"));
    assert.deepEqual(await rows(), [
      'Running task "test" Running',
      'Run task "build" Queued',
      'Run task "lint" Queued',
    ]);
    await panel.emit(end("c1", "succeeded", 'Ran task "test", exit code 0'), awaiting("c2"));
    assert.deepEqual(await rows(), [
      'Ran task "test", exit code 0 Done',
      'Run task "build" Waiting for you',
      'Run task "lint" Queued',
    ]);
  });

  it("that did nothing are told as what they would have done, on screen and in speech", async () => {
    const states = ["denied", "failed", "cancelled"] as const;
    for (const state of states) await panel.emit(...queuedTool(state, state));
    await panel.emit(stepEnd("tool_use"));
    const said: string[] = [];
    for (const state of states) {
      await panel.emit(end(state, state, `Running task "${state}"`));
      said.push(await spoken());
    }
    assert.deepEqual(await rows(), [
      'Run task "denied" Skipped',
      'Run task "failed" Failed',
      'Run task "cancelled" Not run',
    ]);
    assert.deepEqual(said, [
      'Skipped: Run task "denied"',
      'Failed: Run task "failed"',
      'Not run: Run task "cancelled"',
    ]);
  });

  it("that the policy refused, or a limit held back, were not skipped by the user", async () => {
    const results = ["E_PROTECTED: .git is never written.", "E_BUDGET: The limit.", "E_STALE It has changed."];
    for (const result of results) await panel.emit(...queuedTool(result, result.slice(0, 8)));
    await panel.emit(stepEnd("tool_use"));
    for (const result of results) {
      await panel.emit({ type: "tool-end", id: result, state: "denied", title: "x", result, at: Date.now() });
    }
    assert.deepEqual(await rows(), [
      'Run task "E_PROTEC" Not allowed.git is never written.',
      'Run task "E_BUDGET" Not runThe limit.',
      'Run task "E_STALE " Not runIt has changed.',
    ]);
    assert.equal(await spoken(), 'Not run: Run task "E_STALE ". It has changed.');
  });

  it("that failed say why in one sentence, and what did not do well is not ticked off", async () => {
    await panel.emit(...queuedTool("c1", "test"), ...queuedTool("c2", "build"), stepEnd("tool_use"));
    const result = "E_PATH find_it failed: there is no a.b of 1.5 s. Look it up.\nMore";
    await panel.emit({ type: "tool-end", id: "c1", state: "failed", title: "Call it", result, at: Date.now() });
    const title = 'Ran task "build", exit code 1';
    await panel.emit(running("c2"), { ...end("c2", "succeeded", title), warning: true });
    assert.deepEqual(await rows(), [
      'Run task "test" Failedfind_it failed: there is no a.b of 1.5 s.',
      `${title} Done`,
    ]);
    assert.equal(await panel.page.locator(".tool-warned .icon-warning").count(), 1);
    assert.equal(await panel.page.locator(".tool .icon-check").count(), 0);
  });

  it("that had not begun when their turn ended were not run", async () => {
    await panel.emit(...queuedTool("c1", "test"), ...queuedTool("c2", "build"), stepEnd("tool_use"), awaiting("c1"));
    await panel.emit(turnEnd({ kind: "interrupted" }));
    assert.deepEqual(await rows(), ['Run task "test" Not run', 'Run task "build" Not run']);
    assert.match(await spoken(), /^Not run: Run task "test" Not run: Run task "build"/);
  });

  it("that are still being written are being prepared, and were not run when they are stopped", async () => {
    await panel.emit(toolStart("c1", "run_task", "Run a task"));
    assert.deepEqual(await rows(), ["Run a task Preparing…"]);
    await panel.emit(turnEnd({ kind: "cancelled" }));
    assert.deepEqual(await rows(), ["Run a task Not run"]);
  });

  it("that ran when they were stopped are canceled", async () => {
    await panel.emit(...queuedTool("c1", "test"), stepEnd("tool_use"), running("c1"));
    await panel.emit(end("c1", "cancelled", "Running"));
    assert.deepEqual(await rows(), ['Run task "test" Canceled']);
  });

  it("that the output limit cut were not run", async () => {
    await panel.emit(toolStart("c1", "run_task", "Run a task"), stepEnd("max_tokens"));
    await panel.emit({
      type: "tool-end",
      id: "c1",
      state: "failed",
      title: "Run a task",
      result: "",
      at,
      cutOff: true,
    });
    assert.deepEqual(await rows(), ["Run a task Not run: cut off"]);
    assert.equal(await spoken(), "Not run: cut off: Run a task");
  });

  it("that were running when the window went may run on where they are programs", async () => {
    await panel.emit(toolStart("c1", "run_task", "Run a task"), toolStart("c2", "read_file", "Read a file"));
    await panel.emit(stepEnd("tool_use"), running("c1"), running("c2"), turnEnd({ kind: "interrupted" }));
    assert.deepEqual(await rows(), ["Run a task Interrupted; may still be running", "Read a file Interrupted"]);
  });

  it("UX74 that nobody was asked about say why, in the tooltip and in the details", async () => {
    const why = "Allowed: it reads in the workspace.";
    await panel.emit(toolStart("c1", "read_file", "Reading a file"), {
      type: "tool-input",
      id: "c1",
      input: "",
      title: "Reading a.ts",
    });
    await panel.emit({ type: "tool-running", id: "c1", at: Date.now(), allowedBy: why });
    await panel.emit(end("c1", "succeeded", "Read a.ts"));
    const header = panel.page.locator(".tool .disclosure-header");
    assert.equal(await header.getAttribute("title"), why);
    await header.click();
    assert.match(await panel.textOf(".tool .disclosure-body"), /^Allowed: it reads in the workspace\./);
    assert.equal(await panel.page.getByRole("button", { name: "Manage Rules" }).count(), 0);
    await panel.emit(...queuedTool("c2", "test"), stepEnd("tool_use"), awaiting("c2"), running("c2"));
    assert.equal(await header.last().getAttribute("title"), null);
  });

  it("UX74 that a rule allowed lead to the rules", async () => {
    const allowedBy = 'Allowed by your rule: allow run_command(prefix "ls *")';
    await panel.emit(...queuedTool("c1", "test"), stepEnd("tool_use"));
    await panel.emit({ type: "tool-running", id: "c1", at: Date.now(), allowedBy });
    await panel.page.locator(".tool .disclosure-header").click();
    await panel.page.getByRole("button", { name: "Manage Rules" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "command", command: "manageRules" }]);
  });
});
