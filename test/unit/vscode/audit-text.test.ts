import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { AuditLog } from "../../../src/policy/audit/audit-log.ts";
import { Redactor } from "../../../src/policy/redaction/redactor.ts";
import { auditLines, auditText } from "../../../src/vscode/audit-text.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function writtenLog(test: TestContext): Promise<string> {
  const folder = join(await temporaryFolder(test), "audit");
  let minute = 0;
  const now = (): Date => new Date(Date.UTC(2026, 10, 21, 3, minute++));
  const log = new AuditLog({ folder, redactor: new Redactor(), now });
  const place = { session: "0123456789", turn: "9876543210" };
  const call = { ...place, call: "c1", tool: "write_file" };
  await log.append({
    ...{ event: "decision", ...call, digest: "d", targets: ["/w/a\u202e.ts"], decision: "ask", by: "default" },
    labels: ["protected file"],
  });
  await log.append({ event: "outcome", ...call, exit: "succeeded", bytes: 7 });
  await log.append({ event: "cost", ...place, cost: 0.25 });
  await log.close();
  return folder;
}

describe("the audit log for a reader", () => {
  it("says that the chain holds, then a line a record, the newest last, nothing hidden", async (test) => {
    assert.equal(
      await auditText(await writtenLog(test)),
      [
        "The log is as it was written: 3 records in 1 chain, every hash fits.",
        "",
        "2026-11-21 03:01:00.000 ask   by default: write_file /w/a⟦U+202E⟧.ts (protected file)  [session 01234567 turn 98765432 #1]",
        "2026-11-21 03:02:00.000 ended write_file: succeeded, 7 bytes  [session 01234567 turn 98765432 #2]",
        "2026-11-21 03:03:00.000 cost  $0.2500  [session 01234567 turn 98765432 #3]",
        "",
      ].join("\n"),
    );
  });

  it("Q05 says where it was changed by hand, and still shows every line", async (test) => {
    const folder = await writtenLog(test);
    const file = join(folder, readdirSync(folder).find((name) => name.endsWith(".jsonl")) ?? "");
    writeFileSync(file, readFileSync(file, "utf8").replace('"decision":"ask"', '"decision":"allow"'));
    const text = await auditText(folder);
    assert.match(text, /^The log was changed: audit-.*\.jsonl, line 2: the line before it, or this one, is not as/);
    assert.match(text, /allow by default: write_file/);
    assert.match(text, /cost {2}\$0\.2500/);
  });

  it("gives the lines as they are for an export, and none where there is no log", async (test) => {
    const folder = await writtenLog(test);
    const lines = await auditLines(folder);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).seq),
      [1, 2, 3],
    );
    assert.deepEqual(await auditLines(join(folder, "none")), []);
    assert.equal(await auditText(join(folder, "none")), "The audit log is empty.\n");
  });
});
