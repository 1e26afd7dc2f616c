import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { UsageRecord } from "../../../../src/policy/usage/usage-record.ts";
import { firstDay, reportUsage } from "../../../../src/policy/usage/usage-report.ts";

const today = new Date(2026, 10, 21, 23, 30);

function call(day: string, change: Partial<UsageRecord> = {}): UsageRecord {
  return {
    ...{ time: `${day}T08:00:00.000Z`, day, session: "s1", model: "m1", region: null, host: null, profile: null },
    usage: { inputTokens: 10, outputTokens: 2, cacheReadInputTokens: 30, cacheWriteInputTokens: 5 },
    ...{ cost: 0.5, saved: 0.1, prices: "price table of 2026-11-21" },
    ...change,
  };
}

const records = [
  call("2026-11-14", { cost: 100 }),
  call("2026-11-15", { model: "m2", session: "s2" }),
  call("2026-11-21"),
  call("2026-11-21", { cost: 0.75, prices: "your prices", time: "2026-11-21T07:00:00.000Z" }),
  call("2026-11-21", { model: "m3", cost: null, saved: null, usage: null, prices: "price unknown" }),
  call("2026-11-22", { cost: 100 }),
];

describe("reportUsage", () => {
  const report = reportUsage(records, 7, today);

  it("sums the range that ends today, and counts what is unknown without a dollar", () => {
    assert.deepEqual(report.total, {
      calls: 4,
      usage: { inputTokens: 30, outputTokens: 6, cacheReadInputTokens: 90, cacheWriteInputTokens: 15 },
      cost: { dollars: 1.75, unknown: 1 },
      saved: 0.1 + 0.1 + 0.1,
    });
  });

  it("has a row for every day, also for those without a call", () => {
    assert.deepEqual(
      report.days.map(({ key, calls, cost }) => [key, calls, cost.dollars, cost.unknown]),
      [
        ["2026-11-15", 1, 0.5, 0],
        ["2026-11-16", 0, 0, 0],
        ["2026-11-17", 0, 0, 0],
        ["2026-11-18", 0, 0, 0],
        ["2026-11-19", 0, 0, 0],
        ["2026-11-20", 0, 0, 0],
        ["2026-11-21", 3, 1.25, 1],
      ],
    );
  });

  it("puts the dearest model and chat first, and says when a chat began", () => {
    assert.deepEqual(
      report.models.map(({ key, cost }) => [key, cost]),
      [
        ["m1", { dollars: 1.25, unknown: 0 }],
        ["m2", { dollars: 0.5, unknown: 0 }],
        ["m3", { dollars: 0, unknown: 1 }],
      ],
    );
    assert.deepEqual(
      report.sessions.map(({ key, since }) => [key, since]),
      [
        ["s1", Date.parse("2026-11-21T07:00:00.000Z")],
        ["s2", Date.parse("2026-11-15T08:00:00.000Z")],
      ],
    );
  });

  it("names the prices of what is in the sum, each once", () => {
    assert.deepEqual(report.prices, ["price table of 2026-11-21", "your prices"]);
  });

  it("shows fifty chats and says how many more there are", () => {
    const many = Array.from({ length: 60 }, (_, index) => call("2026-11-21", { session: `s${index}` }));
    const { sessions, moreSessions } = reportUsage(many, 7, today);
    assert.deepEqual([sessions.length, moreSessions], [50, 10]);
  });

  it("counts days by the calendar, whatever the clocks do", () => {
    assert.equal(firstDay(30, new Date(2026, 10, 5, 0, 10)), "2026-10-07");
    assert.equal(firstDay(90, new Date(2026, 3, 30, 23, 59)), "2026-01-31");
    assert.equal(reportUsage([], 90, new Date(2026, 3, 30, 0, 1)).days.length, 90);
    assert.equal(new Set(reportUsage([], 90, new Date(2026, 10, 5, 23, 59)).days.map(({ key }) => key)).size, 90);
  });
});
