import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuditEntry } from "../../../src/policy/audit/audit-record.ts";
import { CallRecord } from "../../../src/policy/call-record.ts";

describe("CallRecord", () => {
  it("H01 keeps of a made-up tool's name what fits on a line, with what is hidden made visible", async () => {
    const entries: AuditEntry[] = [];
    const record = async (entry: AuditEntry) => entries.push(entry);
    const tool = `a\u202e\n${"b".repeat(100)}`;
    await new CallRecord({ session: "s", turn: "t", id: "c", tool, record }).refused("E_SCHEMA There is no such tool.");
    assert.deepEqual(entries, [
      {
        event: "decision",
        ...{ session: "s", turn: "t", call: "c", tool: `a⟦U+202E⟧␊${"b".repeat(54)}` },
        ...{ digest: "", targets: [], decision: "deny", by: "floor", labels: ["E_SCHEMA"] },
      },
    ]);
  });
});
