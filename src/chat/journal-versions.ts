import * as z from "zod";

/** Version of the journal's format; the first line of every journal states it. */
export const journalVersion = 3;

/** What makes a record of one version one of the next, the first of them from version 1. A record that is none stays what it is. */
const migrations: readonly ((record: unknown) => unknown)[] = [addTiers, asItWas];

/** A record as JSON has it, in the form of this version. */
export function migrateRecord(record: unknown, version: number): unknown {
  const migrated = migrations.slice(version - 1).reduce((each, migrate) => migrate(each), record);
  return isHeader(migrated) ? { ...migrated, journal: journalVersion } : migrated;
}

const header = z.looseObject({ journal: z.int().min(1), sessionId: z.string() });

function isHeader(record: unknown): record is z.infer<typeof header> {
  return header.safeParse(record).success;
}

/** The version that a journal's first line states; undefined where it states none. */
export function versionOf(line: string): number | undefined {
  try {
    return header.parse(JSON.parse(line)).journal;
  } catch {
    return undefined;
  }
}

const approval = z.looseObject({
  event: z.looseObject({ type: z.literal("tool-awaiting-approval"), request: z.looseObject({}) }),
});
const failure = z.looseObject({
  event: z.looseObject({ type: z.literal("turn-end"), outcome: z.looseObject({ kind: z.literal("failed") }) }),
});

/** In version 1 approvals had neither tiers nor offers at first, and failures did not say whether they had cut an answer. */
function addTiers(record: unknown): unknown {
  const asked = approval.safeParse(record);
  if (asked.success) {
    const { event } = asked.data;
    const request = { tier: 1, labels: [], warnings: [], offers: [], ...event.request };
    return { ...asked.data, event: { ...event, request } };
  }
  const failed = failure.safeParse(record);
  if (!failed.success) return record;
  const { event } = failed.data;
  return { ...failed.data, event: { ...event, outcome: { cutOff: false, ...event.outcome } } };
}

/** Version 3 has the mark of untrusted content, which a reader of version 2 would leave out when it writes the file anew. */
function asItWas(record: unknown): unknown {
  return record;
}
