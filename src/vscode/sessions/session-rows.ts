import type { ListedSession } from "../../chat/sessions/session-index.ts";
import { makeVisibleLine } from "../../policy/display/make-visible.ts";
import { formatNumber, plural, t, text } from "../../protocol/localize.ts";

/** What the list of chats shows, top to bottom. */
export type SessionRow =
  | { readonly kind: "separator"; readonly label: string }
  | {
      readonly kind: "session";
      readonly session: ListedSession;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  /** Shows the rest. */
  | { readonly kind: "more"; readonly label: string };

export interface SessionRowsOptions {
  readonly now: number;
  /** As VS Code names it: `en`, `de`, `pt-br`. */
  readonly language: string;
  /** Ids of the sessions in which a turn runs, in this window. */
  readonly running: ReadonlySet<string>;
  readonly shownId: string | undefined;
  /** So many at first; undefined: all. */
  readonly most: number | undefined;
}

const dayMs = 86_400_000;

/** Groups in their order: what runs, then by the days of the user's calendar, and what is put aside. */
export function sessionRows(sessions: readonly ListedSession[], options: SessionRowsOptions): readonly SessionRow[] {
  const { most = Number.POSITIVE_INFINITY, running } = options;
  const ordered = groups.flatMap((group) =>
    sessions
      .filter((session) => groupOf(session, running, options.now) === group)
      .map((session) => ({ group, session })),
  );
  const rows = ordered.slice(0, most).flatMap(({ group, session }, index): readonly SessionRow[] => {
    const row = rowOf(session, options);
    return ordered[index - 1]?.group === group ? [row] : [{ kind: "separator", label: t(group) }, row];
  });
  const hidden = ordered.length - Math.min(ordered.length, most);
  return hidden === 0 ? rows : [...rows, { kind: "more", label: t("Show {0} more", formatNumber(hidden)) }];
}

const groups = [
  text("Running"),
  text("Today"),
  text("Yesterday"),
  text("Previous 7 Days"),
  text("Older"),
  text("Archived"),
] as const;

function groupOf({ id, archived, changedAt }: ListedSession, running: ReadonlySet<string>, now: number) {
  if (running.has(id)) return "Running";
  if (archived) return "Archived";
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (changedAt >= midnight) return "Today";
  // Midday of a day is in it, whatever the clocks were changed by.
  const before = (days: number): number => new Date(midnight + dayMs / 2 - days * dayMs).setHours(0, 0, 0, 0);
  if (changedAt >= before(1)) return "Yesterday";
  return changedAt >= before(7) ? "Previous 7 Days" : "Older";
}

function rowOf(session: ListedSession, { now, language, running, shownId }: SessionRowsOptions): SessionRow {
  const { id, title, prompt, changedAt, turns, isElsewhere } = session;
  const state = running.has(id) ? t("running") : isElsewhere ? t("open in another window") : undefined;
  const facts = [
    relativeTime(changedAt, now, language),
    plural(turns, "{0} turn", "{0} turns"),
    ...(state === undefined ? [] : [state]),
    ...(id === shownId ? [t("shown")] : []),
  ];
  return {
    kind: "session",
    session,
    label: makeVisibleLine(title ?? prompt) || t("New Chat"),
    description: facts.join(" · "),
    detail: title === undefined || title === prompt ? "" : makeVisibleLine(prompt),
  };
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * dayMs],
  ["month", 30 * dayMs],
  ["week", 7 * dayMs],
  ["day", dayMs],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** For example `3 minutes ago`, `yesterday`. */
export function relativeTime(at: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const past = Math.max(0, now - at);
  const [unit, length] = units.find(([, milliseconds]) => past >= milliseconds) ?? ["second", 1_000];
  return unit === "second" ? format.format(0, "second") : format.format(-Math.floor(past / length), unit);
}
