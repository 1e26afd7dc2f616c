import { type UsageReport, usageRanges } from "../../src/protocol/usage-report.ts";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { plural, t } from "../strings.ts";
import { DayChart } from "./day-chart.tsx";
import { chooseMeasure } from "./measure.ts";
import { exportCsv, showRange } from "./usage-host.ts";
import { UsageTable } from "./usage-table.tsx";
import { UsageTotals } from "./usage-totals.tsx";
import { dayName, modelRowName, timeName } from "./usage-words.ts";

/** What model calls used and cost. */
export function UsageView({ report }: { readonly report: UsageReport }) {
  const { range, total } = report;
  return (
    <main class="usage">
      <header class="usage-header">
        <h1>{t("Usage")}</h1>
        <fieldset class="ranges">
          <legend class="visually-hidden">{t("Period")}</legend>
          {usageRanges.map((days) => (
            <button
              key={days}
              type="button"
              class="button button-secondary range"
              aria-pressed={days === range}
              onClick={() => showRange(days)}
            >
              {plural(days, "{0} day", "{0} days")}
            </button>
          ))}
        </fieldset>
        <Button onPress={exportCsv}>{t("Export as CSV…")}</Button>
      </header>
      {total.calls === 0 ? <NothingUsed range={range} /> : <Charts report={report} />}
    </main>
  );
}

function NothingUsed({ range }: Pick<UsageReport, "range">) {
  return (
    <div class="usage-empty">
      <p>{t("No model calls in the last {0} days.", range)}</p>
      <p>{t("What your chats use is counted here, with its cost. Nothing of what is said is kept with it.")}</p>
    </div>
  );
}

function Charts({ report }: { readonly report: UsageReport }) {
  const { total, days, models, sessions, moreSessions, prices } = report;
  const measure = chooseMeasure(total);
  return (
    <>
      <UsageTotals total={total} />
      <h2>{measure === "dollars" ? t("Cost by day") : t("Tokens by day")}</h2>
      {total.cost.unknown > 0 && (
        <p class="usage-note">{t("Days with a dashed box have calls whose cost is unknown.")}</p>
      )}
      <DayChart days={days} measure={measure} />
      <Disclosure class="day-table" header={t("Days as a table")}>
        {() => (
          <UsageTable
            label={t("Usage by day")}
            of={t("Day")}
            rows={days.filter(({ calls }) => calls > 0).toReversed()}
            measure={measure}
            name={({ key }) => dayName(key)}
          />
        )}
      </Disclosure>
      <h2>{t("By model")}</h2>
      <UsageTable
        label={t("Usage by model")}
        of={t("Model")}
        rows={models}
        measure={measure}
        name={(row) => modelRowName(row, models)}
        title={({ key }) => key}
      />
      <h2>{t("By chat")}</h2>
      <UsageTable
        label={t("Usage by chat")}
        of={t("Chat begun")}
        rows={sessions}
        measure={measure}
        name={({ since = 0 }) => timeName(since)}
        title={({ key }) => key}
      />
      {moreSessions > 0 && <p class="usage-note">{plural(moreSessions, "{0} more chat", "{0} more chats")}</p>}
      <p class="usage-note">
        {prices.length > 0 && t("Prices: {0}. ", prices.join("; "))}
        {t("Computed from the tokens that Bedrock reports; the bill of AWS is what counts.")}
      </p>
    </>
  );
}
