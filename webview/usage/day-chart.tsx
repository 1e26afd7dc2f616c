import { useState } from "preact/hooks";
import type { UsageRow } from "../../src/protocol/usage-report.ts";
import { t } from "../strings.ts";
import { type Measure, measureOf } from "./measure.ts";
import { dayName, sumWords } from "./usage-words.ts";

const height = 100;
const barWidth = 10;
/** What a day without a known cost is drawn with. */
const markHeight = 8;

interface DayChartProps {
  readonly days: readonly UsageRow[];
  readonly measure: Measure;
}

/** A bar a day. One stop for the keyboard: the arrows go from day to day, and what is chosen is told below. */
export function DayChart({ days, measure }: DayChartProps) {
  const [chosen, choose] = useState(days.length - 1);
  const at = Math.min(chosen, days.length - 1);
  const day = days[at];
  if (day === undefined) return null;
  const most = Math.max(...days.map((each) => measureOf(each, measure)), Number.MIN_VALUE);
  const words = t("{0}: {1}", dayName(day.key), sumWords(day));
  return (
    <div class="day-chart">
      <div
        class="day-bars"
        role="slider"
        tabIndex={0}
        aria-label={measure === "dollars" ? t("Cost by day") : t("Tokens by day")}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={at + 1}
        aria-valuetext={words}
        onKeyDown={(event) => {
          const next = nextDay(event.key, at, days.length);
          if (next === undefined) return;
          event.preventDefault();
          choose(next);
        }}
        onPointerMove={(event) => choose(dayAt(event, days.length))}
        onPointerDown={(event) => choose(dayAt(event, days.length))}
      >
        <svg viewBox={`0 0 ${days.length * barWidth} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {days.map((each, index) => (
            <DayBar
              key={each.key}
              row={each}
              x={index * barWidth}
              share={measureOf(each, measure) / most}
              chosen={index === at}
            />
          ))}
        </svg>
      </div>
      <div class="day-ends" aria-hidden="true">
        <span>{dayName(days[0]?.key ?? "")}</span>
        <span>{dayName(days.at(-1)?.key ?? "")}</span>
      </div>
      <p class="day-words">{words}</p>
    </div>
  );
}

interface DayBarProps {
  readonly row: UsageRow;
  readonly x: number;
  /** Of the highest bar, 0 to 1. */
  readonly share: number;
  readonly chosen: boolean;
}

function DayBar({ row, x, share, chosen }: DayBarProps) {
  const marks = row.cost.unknown > 0;
  const room = height - (marks ? markHeight + 4 : 0);
  const own = share === 0 ? 0 : Math.max(1.5, share * room);
  return (
    <g class={chosen ? "day day-chosen" : "day"}>
      <rect class="day-slot" x={x} y={0} width={barWidth} height={height} />
      <rect class="day-bar" x={x + 1.5} y={height - own} width={barWidth - 3} height={own} />
      {marks && (
        <rect
          class="day-unknown"
          x={x + 2}
          y={height - own - markHeight - 2}
          width={barWidth - 4}
          height={markHeight}
        />
      )}
    </g>
  );
}

function nextDay(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, at - 1);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(count - 1, at + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function dayAt({ clientX, currentTarget }: PointerEvent & { readonly currentTarget: Element }, count: number): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count)));
}
