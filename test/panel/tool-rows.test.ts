import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { approvalRequest, queuedTool, runningTool, stepStart, toolStart, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

describe("the row of a tool call", () => {
  let panel: PanelPage;
  openPanelForEach({}, async (opened) => {
    panel = opened;
    await panel.emit(turnStart("go"), stepStart());
  });

  const row = () => panel.page.locator(".tool .disclosure-header");
  const shown = async () => {
    const icon = (await row().locator(".tool-icon").getAttribute("class")) ?? "";
    return [icon.split(" ").find((name) => name.startsWith("icon-")), await row().textContent()];
  };
  const end = (state: "succeeded" | "failed" | "denied" | "cancelled", title: string, result = ""): ChatEvent => {
    return { type: "tool-end", id: "c1", state, title, result, at: Date.now() };
  };

  it("UX64 is there with the tool's name, and its target fills in while the input streams", async () => {
    await panel.emit(toolStart("c1", "run_command", "Run a command"));
    assert.equal(await row().textContent(), "Run a command Preparing…");
    const seen: (string | null)[] = [];
    for (const fragment of ['{"comm', 'and": "git pu', 'sh \\"or', 'igin\\" \\', "u00e", "9 && ls", '"}']) {
      await panel.emit({ type: "tool-input-delta", id: "c1", fragment });
      seen.push(await row().locator(".tool-title").textContent());
    }
    const line = 'Run a commandgit push "origin"';
    assert.deepEqual(seen, [
      "Run a command",
      "Run a commandgit pu",
      'Run a commandgit push "or',
      line,
      line,
      `${line} é && ls`,
      `${line} é && ls`,
    ]);
    await panel.emit({ type: "tool-input", id: "c1", input: "{}", title: "Running git push", intent: "Run git push" });
    assert.equal(await row().locator(".tool-title").textContent(), "Run git push");
  });

  it("UX64 shows hidden characters of a target as they are, and not all of a long one", async () => {
    await panel.emit(toolStart("c1", "write_file", "Write a file"));
    await panel.emit({ type: "tool-input-delta", id: "c1", fragment: `{"path":"a\u202e${"b".repeat(5000)}` });
    assert.equal(await panel.textOf(".tool-target"), `a⟦U+202E⟧${"b".repeat(98)}…`);
  });

  it("UX65 unfolds to Input and Output; long output is cut, and Show More says its size", async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1} ${"x".repeat(60)}`).join("\n");
    await panel.emit(...runningTool("c1", "run_task", "Running", '{"task":"test"}'), end("succeeded", "Ran", lines));
    assert.equal(await panel.page.locator(".plain-output").count(), 0);
    await row().press("Enter");
    assert.deepEqual(await panel.page.locator(".plain-output-label").allTextContents(), ["Input", "Output"]);
    const output = panel.page.locator(".plain-output pre").last();
    assert.equal(await output.textContent(), lines.split("\n").slice(0, 40).join("\n"));
    const more = panel.page.getByRole("button", { name: "Show More" });
    assert.match((await more.textContent()) ?? "", /^Show More \(4\sKB\)$/);
    await more.press("Enter");
    assert.equal(await output.textContent(), lines);
    assert.equal(await more.count(), 0);
  });

  it("UX63 tells each state by its icon and by words, in its tense", async () => {
    await panel.emit(...queuedTool("c1", "test"));
    const seen = [await shown()];
    await panel.emit({ type: "tool-awaiting-approval", id: "c1", request: { ...approvalRequest, id: "c1" }, at: 0 });
    seen.push(await shown());
    await panel.emit({ type: "tool-running", id: "c1", at: Date.now() });
    seen.push(await shown());
    for (const state of ["succeeded", "failed", "denied", "cancelled"] as const) {
      await panel.emit(end(state, 'Ran task "test"'));
      seen.push(await shown());
    }
    assert.deepEqual(seen, [
      ["icon-loading", 'Run task "test" Preparing…'],
      ["icon-tasklist", 'Run task "test" Waiting for you'],
      ["icon-loading", 'Running task "test" Running'],
      ["icon-check", 'Ran task "test" Done'],
      ["icon-error", 'Run task "test" Failed'],
      ["icon-circle-slash", 'Run task "test" Skipped'],
      ["icon-circle-slash", 'Run task "test" Not run'],
    ]);
  });
});
