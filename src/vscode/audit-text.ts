import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { listAuditFiles } from "../policy/audit/audit-files.ts";
import { type AuditVerdict, verifyAudit } from "../policy/audit/verify-audit.ts";
import { makeVisibleLine } from "../policy/display/make-visible.ts";
import { formatNumber, t } from "../protocol/localize.ts";

const shared = { seq: z.int(), time: z.string(), session: z.string(), turn: z.string() };
const recordSchema = z.discriminatedUnion("event", [
  z.object({
    ...shared,
    event: z.literal("decision"),
    call: z.string(),
    tool: z.string(),
    targets: z.array(z.string()),
    decision: z.string(),
    by: z.string(),
    labels: z.array(z.string()),
  }),
  z.object({
    ...shared,
    event: z.literal("outcome"),
    call: z.string(),
    tool: z.string(),
    exit: z.union([z.number(), z.string()]),
    bytes: z.number(),
  }),
  z.object({ ...shared, event: z.literal("cost"), cost: z.number() }),
  z.object({ ...shared, event: z.literal("permissions"), level: z.string() }),
]);
type ReadRecord = z.infer<typeof recordSchema>;

/** The log for a reader: the state of its chains, then a line a record, the newest last. */
export async function auditText(folder: string): Promise<string> {
  const lines = await auditLines(folder);
  if (lines.length === 0) return `${t("The audit log is empty.")}\n`;
  const verdict = await verifyAudit(folder);
  const shown = lines
    .map(readLine)
    .toSorted((one, other) => (one.time < other.time ? -1 : Number(one.time > other.time)));
  return `${[describeVerdict(verdict), "", ...shown.map(({ text }) => text)].join("\n")}\n`;
}

/** The log as it is on the disk, line for line, the chains one after another. Empty where there is none. */
export async function auditLines(folder: string): Promise<readonly string[]> {
  const { files } = await listAuditFiles(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return { files: [] };
    throw error;
  });
  const texts = await Promise.all(files.map(({ name }) => readFile(join(folder, name), "utf8")));
  return texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
}

function describeVerdict({ chains, records, broken }: AuditVerdict): string {
  if (broken === undefined) {
    return t(
      chains === 1
        ? "The log is as it was written: {0} records in {1} chain, every hash fits."
        : "The log is as it was written: {0} records in {1} chains, every hash fits.",
      formatNumber(records),
      formatNumber(chains),
    );
  }
  return t("The log was changed: {0}, line {1}: {2}.", broken.file, broken.line, broken.reason);
}

/** A line that is no record is shown as it stands. */
function readLine(line: string): { readonly time: string; readonly text: string } {
  const record = parse(line);
  return record === undefined
    ? { time: "", text: makeVisibleLine(line) }
    : { time: record.time, text: makeVisibleLine(describe(record)) };
}

function parse(line: string): ReadRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function describe(record: ReadRecord): string {
  const place = `session ${record.session.slice(0, 8)} turn ${record.turn.slice(0, 8)}`;
  return `${record.time.replace("T", " ").replace("Z", "")} ${contents(record)}  [${place} #${record.seq}]`;
}

function contents(record: ReadRecord): string {
  switch (record.event) {
    case "decision": {
      const labels = record.labels.length === 0 ? "" : ` (${record.labels.join(", ")})`;
      return `${record.decision.padEnd(5)} by ${record.by}: ${record.tool} ${record.targets.join(", ")}${labels}`;
    }
    case "outcome":
      return `ended ${record.tool}: ${record.exit}, ${record.bytes} bytes`;
    case "cost":
      return `cost  $${record.cost.toFixed(4)}`;
    case "permissions":
      return `permissions: ${record.level}`;
  }
}
