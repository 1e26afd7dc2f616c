import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { runningTool, stepEnd, stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";

function ranTool(id: string, state: "succeeded" | "failed" = "succeeded"): readonly ChatEvent[] {
  const result = `src/${id}.ts (lines 3-9 of 40)\n3\tcode`;
  return [
    ...runningTool(id, "read_file", `Reading ${id}`, `{"path":"src/${id}.ts"}`),
    { type: "tool-end", id, state, title: `Read ${id}`, result, at: Date.now() },
  ];
}

describe("the work before an answer", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    const start = turnStart("go");
    await panel.emit(start, stepStart(), text("I look."), ...ranTool("a"), ...ranTool("b"), stepEnd("tool_use"));
    await panel.emit(stepStart(2), text("It is **there**."), stepEnd());
  });

  const header = () => panel.page.locator(".work-header");
  const tools = () => panel.page.locator(".tool:visible").count();
  const end = () => panel.emit({ type: "turn-end", outcome: { kind: "completed" }, at: Date.now() });

  it("UX50 folds into one line when the answer is whole, and Enter and Space unfold and fold it", async () => {
    assert.equal(await header().count(), 0);
    assert.equal(await tools(), 2);
    const node = await panel.page.locator(".answer .markdown").last().elementHandle();
    await end();
    assert.match((await header().textContent()) ?? "", /^Completed 2 steps in \d/);
    assert.equal(await tools(), 0);
    assert.deepEqual(await panel.page.locator(".answer .markdown:visible").allTextContents(), ["It is there."]);
    assert.equal(await node?.evaluate((element) => element.isConnected), true);
    await header().focus();
    await panel.page.keyboard.press("Enter");
    assert.equal(await tools(), 2);
    assert.equal(await header().getAttribute("aria-expanded"), "true");
    await panel.page.keyboard.press("Space");
    assert.equal(await tools(), 0);
  });

  it("UX50 stays unfolded where the user is in it", async () => {
    await panel.page.locator(".tool .disclosure-header").first().click();
    await end();
    assert.equal(await header().getAttribute("aria-expanded"), "true");
    assert.equal(await tools(), 2);
  });

  it("UX50 says how many steps failed, and does not fold what ended in another way", async () => {
    await panel.emit(
      stepStart(3),
      ...ranTool("c", "failed"),
      stepEnd("tool_use"),
      stepStart(4),
      text("Done."),
      stepEnd(),
    );
    await end();
    assert.match((await header().textContent()) ?? "", /^Completed 3 steps in .*, 1 failed$/);
    await panel.emit(turnStart("again", [], "t2"), stepStart(), ...ranTool("d"), ...ranTool("e"), text("so far"));
    await panel.emit(turnEnd({ kind: "cancelled" }));
    assert.equal(await header().count(), 1);
    assert.equal(await tools(), 2);
  });

  it("UX56 lists what was read, with ranges that open", async () => {
    await end();
    const references = panel.page.locator(".references");
    assert.equal(await references.textContent(), "Used 2 references");
    await references.getByRole("button").click();
    assert.deepEqual(await references.locator(".chip").allTextContents(), ["src/a.ts:3-9", "src/b.ts:3-9"]);
    await references.locator(".chip").last().click();
    assert.deepEqual(await panel.posts(), [{ type: "open-file", path: "src/b.ts", line: 3 }]);
  });

  it("UX51 has Copy, Retry and what it took below it", async () => {
    await end();
    const footer = panel.page.locator(".turn-footer");
    await footer.getByRole("button", { name: "Retry" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "resend", turnId: "turn-1", text: "go" }]);
    assert.equal(await footer.getByRole("button", { name: "Copy answer" }).count(), 1);
    const details = await footer.locator(".turn-details > span").allTextContents();
    assert.deepEqual(details.slice(0, 3), ["claude-sonnet-4-5", "13,908 in (10,240 cached)", "824 out"]);
    assert.match((await footer.locator(".turn-details > span").last().getAttribute("title")) ?? "", /^Completed at \d/);
  });

  it("UX51 leaves the way on to the notice of a turn that failed", async () => {
    await panel.emit(turnEnd({ kind: "step-limit", steps: 2 }));
    assert.equal(await panel.page.locator(".turn-footer").getByRole("button", { name: "Retry" }).count(), 0);
  });
});
