import type { UsageRecord } from "./usage-record.ts";

const columns: readonly (readonly [name: string, value: (record: UsageRecord) => string | number | null])[] = [
  ["time", ({ time }) => time],
  ["day", ({ day }) => day],
  ["session", ({ session }) => session],
  ["model", ({ model }) => model],
  ["region", ({ region }) => region],
  ["endpoint", ({ host }) => host],
  ["profile", ({ profile }) => profile],
  ["input_tokens", ({ usage }) => usage?.inputTokens ?? unknown],
  ["output_tokens", ({ usage }) => usage?.outputTokens ?? unknown],
  ["cache_read_tokens", ({ usage }) => usage?.cacheReadInputTokens ?? unknown],
  ["cache_write_tokens", ({ usage }) => usage?.cacheWriteInputTokens ?? unknown],
  ["cache_write_1h_tokens", ({ usage }) => (usage === null ? unknown : (usage.hourCacheWriteInputTokens ?? 0))],
  ["cost_usd", ({ cost }) => (cost === null ? unknown : plain(cost))],
  ["saved_by_cache_usd", ({ saved }) => (saved === null ? unknown : plain(saved))],
  ["prices", ({ prices }) => prices],
];

const unknown = "unknown";

/** One line a model call, as RFC 4180 has it, with a header. What a cost is not known of is `unknown`, never 0. */
export function usageCsv(records: readonly UsageRecord[]): string {
  const lines = records.map((record) => columns.map(([, value]) => cell(value(record))));
  return [columns.map(([name]) => name), ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** A spreadsheet takes a text that begins so for a formula; an apostrophe before it makes it a text again (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r]/u;

function cell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const isFormula = formulaStart.test(value ?? "") && !/^-?\d+(?:\.\d+)?$/u.test(value ?? "");
  const text = isFormula ? `'${value}` : (value ?? "");
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without an exponent, to a millionth of a cent. */
function plain(dollars: number): string {
  const fixed = dollars.toFixed(8);
  return fixed.replace(/\.?0+$/u, "");
}
