import { addUsage, noUsage, promptTokens } from "../../protocol/token-usage.ts";
import type { UsageRange, UsageReport, UsageRow, UsageSum } from "../../protocol/usage-report.ts";
import { localDay } from "../budgets/day-ledger.ts";
import type { UsageRecord } from "./usage-record.ts";

const mostSessions = 50;

const nothing: UsageSum = { calls: 0, usage: noUsage, cost: { dollars: 0, unknown: 0 }, saved: 0 };

/** The first day of a range that ends today, as `2026-11-21`. */
export function firstDay(range: UsageRange, today: Date): string {
  // Noon: a day of 23 or 25 hours does not lead into another one.
  const noon = new Date(today.getFullYear(), today.getMonth(), today.getDate() - range + 1, 12);
  return localDay(noon);
}

/** Sums the calls of a range by day, model and session. */
export function reportUsage(records: readonly UsageRecord[], range: UsageRange, today: Date): UsageReport {
  const first = firstDay(range, today);
  const within = records.filter(({ day }) => day >= first && day <= localDay(today));
  const byDay = group(within, ({ day }) => day);
  const sessions = byCost(group(within, ({ session }) => session));
  return {
    range,
    total: within.reduce(add, nothing),
    days: daysOf(range, today).map((day) => toRow(day, byDay.get(day) ?? [])),
    models: byCost(group(within, ({ model }) => model)),
    sessions: sessions.slice(0, mostSessions).map((row) => ({ ...row, since: startOf(row.key, within) })),
    moreSessions: Math.max(0, sessions.length - mostSessions),
    prices: [...new Set(within.filter(({ cost }) => cost !== null).map(({ prices }) => prices))],
  };
}

function add(sum: UsageSum, { usage, cost, saved }: UsageRecord): UsageSum {
  return {
    calls: sum.calls + 1,
    usage: usage === null ? sum.usage : addUsage(sum.usage, usage),
    cost: { dollars: sum.cost.dollars + (cost ?? 0), unknown: sum.cost.unknown + (cost === null ? 1 : 0) },
    saved: sum.saved + (saved ?? 0),
  };
}

function group(
  records: readonly UsageRecord[],
  keyOf: (record: UsageRecord) => string,
): ReadonlyMap<string, readonly UsageRecord[]> {
  const groups = new Map<string, UsageRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    const own = groups.get(key) ?? [];
    own.push(record);
    groups.set(key, own);
  }
  return groups;
}

function byCost(groups: ReadonlyMap<string, readonly UsageRecord[]>): readonly UsageRow[] {
  const rows = [...groups].map(([key, records]) => toRow(key, records));
  const tokens = ({ usage }: UsageRow): number => promptTokens(usage) + usage.outputTokens;
  return rows.toSorted((left, right) => right.cost.dollars - left.cost.dollars || tokens(right) - tokens(left));
}

function toRow(key: string, records: readonly UsageRecord[]): UsageRow {
  return { key, ...records.reduce(add, nothing) };
}

function startOf(session: string, records: readonly UsageRecord[]): number {
  const times = records.filter((record) => record.session === session).map(({ time }) => Date.parse(time));
  return Math.min(...times);
}

function daysOf(range: UsageRange, today: Date): readonly string[] {
  return Array.from({ length: range }, (_, index) => {
    const back = range - 1 - index;
    return localDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() - back, 12));
  });
}
