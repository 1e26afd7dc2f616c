import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { text } from "../support/panel/scenes.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { endAt, turnAt } from "../support/panel/trouble-scenes.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);

describe("a conversation that is being shortened", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
    await panel.emit(...turnAt(start));
  });

  const spoken = async () => ((await panel.page.getByRole("status").textContent()) ?? "").trim();

  it("says so while the summary is written, and no longer once the step goes on", async () => {
    const working = panel.page.locator(".working > span").first();
    await panel.emit({ type: "compacting", at: start });
    assert.equal(await working.textContent(), "Shortening the conversation…");
    await panel.emit({ type: "step-start", step: 1, attempt: 2, at: start });
    assert.equal(await working.textContent(), "Working");
  });

  it("UX94 tells of each compaction with the tokens before and after, unfolds a summary, and undoes the latest one when nothing runs", async () => {
    const rows = () => panel.page.locator(".quiet-row-with-action");
    const shortened = [{ tool: "read_file", input: '{"path":"a.ts"}', characters: 12_345 }];
    const trim = { kind: "trim", id: 1, before: 3, shortened } as const;
    await panel.emit({
      type: "compaction",
      compaction: trim,
      usage: null,
      tokens: { before: 12_000, after: 3_000 },
      at: start,
    });
    await panel.emit({
      type: "compaction",
      compaction: { kind: "summary", id: 2, before: 5, text: "**Wanted**: the delay." },
      usage: null,
      tokens: { before: 84_500, after: 1_200 },
      at: start,
    });
    assert.equal(await spoken(), "Summarized the conversation so far (about 84,500 → 1,200 tokens).");
    assert.equal(await rows().getByRole("button", { name: "Undo" }).count(), 0);
    await panel.emit(text("Done."), endAt(start, { kind: "completed" }));
    assert.equal(await rows().first().locator(".disclosure-header").count(), 1);
    assert.deepEqual(await rows().allTextContents(), [
      "Shortened earlier tool results for the model (about 12,000 → 3,000 tokens)",
      "Summarized the conversation so far (about 84,500 → 1,200 tokens)Undo",
    ]);
    await panel.page.getByRole("button", { name: "Shortened" }).click();
    assert.deepEqual(await rows().getByRole("listitem").allTextContents(), [
      'read_file {"path":"a.ts"}, 12,345 characters',
    ]);
    await panel.page.getByRole("button", { name: "Summarized" }).click();
    assert.equal(await panel.textOf(".quiet-row-with-action .markdown"), "Wanted: the delay.");
    await rows().getByRole("button", { name: "Undo" }).click();
    assert.deepEqual(await panel.posts(), [{ type: "undo-compaction", id: 2 }]);
    await panel.emit({ type: "compaction-undone", id: 2, at: start });
    assert.deepEqual(
      await rows().last().locator(".quiet-text").textContent(),
      "Summarized the conversation so far (about 84,500 → 1,200 tokens) (undone)",
    );
    assert.deepEqual(await rows().first().locator(".button").allTextContents(), ["Undo"]);
  });
});
