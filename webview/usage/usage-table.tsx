import { costText } from "../../src/protocol/cost.ts";
import { promptTokens } from "../../src/protocol/token-usage.ts";
import type { UsageRow } from "../../src/protocol/usage-report.ts";
import { formatNumber, t } from "../strings.ts";
import { type Measure, measureOf } from "./measure.ts";
import { cachedShare } from "./usage-words.ts";

interface UsageTableProps {
  readonly label: string;
  /** The heading of the first column. */
  readonly of: string;
  readonly rows: readonly UsageRow[];
  readonly measure: Measure;
  readonly name: (row: UsageRow) => string;
  readonly title?: (row: UsageRow) => string;
}

/** Rows with a bar each: what a screen reader reads as a table, and eyes as a chart. */
export function UsageTable({ label, of, rows, measure, name, title }: UsageTableProps) {
  const most = Math.max(...rows.map((row) => measureOf(row, measure)), Number.MIN_VALUE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section class="table-scroller" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[of, t("Cost"), t("Input"), t("Cached"), t("Output"), t("Calls")].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" title={title?.(row)}>
                {name(row)}
                <span class="row-bar">
                  <span style={{ width: `${(measureOf(row, measure) / most) * 100}%` }} />
                </span>
              </th>
              <td>{costText(row.cost)}</td>
              <td>{formatNumber(promptTokens(row.usage))}</td>
              <td>{cachedShare(row.usage)}</td>
              <td>{formatNumber(row.usage.outputTokens)}</td>
              <td>{formatNumber(row.calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
