import { readdir } from "node:fs/promises";
import type { TestContext } from "node:test";
import { AuditLog, type AuditLogOptions } from "../../../../src/policy/audit/audit-log.ts";
import type { DecisionEntry } from "../../../../src/policy/audit/audit-record.ts";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

export const decision: DecisionEntry = {
  event: "decision",
  session: "s1",
  turn: "t1",
  call: "tooluse_1",
  tool: "read_file",
  digest: "d".repeat(64),
  targets: ["/ws/a.ts"],
  decision: "allow",
  by: "default",
  labels: [],
};

/** A log in a folder of its own, closed with the test. */
export async function openLog(
  test: TestContext,
  options: Partial<AuditLogOptions> = {},
): Promise<{ readonly log: AuditLog; readonly folder: string }> {
  const folder = options.folder ?? (await temporaryFolder(test));
  const now = (): Date => new Date("2026-11-21T10:00:00.000Z");
  const log = new AuditLog({ redactor: new Redactor(), now, ...options, folder });
  test.after(() => log.close());
  return { log, folder };
}

/** The log's files, without the heads, in order. */
export async function logFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
}
