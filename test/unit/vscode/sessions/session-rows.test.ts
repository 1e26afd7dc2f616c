import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ListedSession } from "../../../../src/chat/sessions/session-index.ts";
import { relativeTime, type SessionRow, sessionRows } from "../../../../src/vscode/sessions/session-rows.ts";

const now = new Date(2026, 10, 30, 15, 0).getTime();
const hour = 3_600_000;
const session = (id: string, hoursAgo: number, more: Partial<ListedSession> = {}): ListedSession => ({
  ...{ id, prompt: `Prompt ${id}`, changedAt: now - hoursAgo * hour, turns: 1, archived: false, size: 1 },
  ...{ isElsewhere: false, ...more },
});
const options = { now, language: "en", running: new Set<string>(), shownId: undefined, most: undefined };
const labels = (rows: readonly SessionRow[]) =>
  rows.map(({ kind, label }) => (kind === "separator" ? `# ${label}` : label));

describe("the list of chats", () => {
  it("UX62 groups what runs, the days of the calendar and the archive, in this order", () => {
    const sessions = [
      session("a", 1),
      session("b", 14.9),
      session("c", 15.1),
      session("d", 40),
      session("e", 24 * 6),
      session("f", 24 * 30),
      session("g", 2, { archived: true }),
      session("h", 24 * 90),
    ];
    assert.deepEqual(labels(sessionRows(sessions, { ...options, running: new Set(["h"]) })), [
      ...["# Running", "Prompt h", "# Today", "Prompt a", "Prompt b", "# Yesterday", "Prompt c"],
      ...["# Previous 7 Days", "Prompt d", "Prompt e", "# Older", "Prompt f", "# Archived", "Prompt g"],
    ]);
  });

  it("UX62 shows title and prompt, when it was used, and what it does", () => {
    const listed = session("a", 3, { title: "Fix\u202e it", turns: 4, isElsewhere: true });
    const [, row] = sessionRows([listed], { ...options, shownId: "a" });
    assert.partialDeepStrictEqual(row, {
      label: "Fix⟦U+202E⟧ it",
      description: "3 hours ago · 4 turns · open in another window · shown",
      detail: "Prompt a",
    });
  });

  it("UX62 builds the first hundred and offers the rest", () => {
    const many = Array.from({ length: 130 }, (_, index) => session(`s${index}`, 1));
    const rows = sessionRows(many, { ...options, most: 100 });
    assert.deepEqual([rows.length, rows.at(-1)], [102, { kind: "more", label: "Show 30 more" }]);
    assert.equal(sessionRows(many, options).length, 131);
  });

  it("UX98 tells times in the language of the editor", () => {
    assert.equal(relativeTime(now - 1_000, now, "en"), "now");
    assert.equal(relativeTime(now - 5 * 60_000, now, "de"), "vor 5 Minuten");
    assert.equal(relativeTime(now - 24 * hour, now, "en"), "yesterday");
    assert.equal(relativeTime(now + 5_000, now, "en"), "now");
  });
});
