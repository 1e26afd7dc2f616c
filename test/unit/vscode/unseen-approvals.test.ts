import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApprovalRequest } from "../../../src/protocol/approval.ts";
import { UnseenApprovals } from "../../../src/vscode/unseen-approvals.ts";

const request = (id: string): ApprovalRequest => ({
  id,
  digest: "d",
  title: `Run task "${id}"?`,
  details: [],
  reason: "It runs a program.",
  tier: 1,
  labels: [],
  warnings: [],
  offers: [],
});

function watch() {
  const told: string[] = [];
  let isSeen = false;
  const approvals = new UnseenApprovals(
    () => isSeen,
    ({ id }) => told.push(id),
  );
  const see = (seen: boolean): void => {
    isSeen = seen;
    approvals.look();
  };
  return { approvals, told, see };
}

describe("UnseenApprovals", () => {
  it("tells of each approval once while the panel is not seen", () => {
    const { approvals, told } = watch();
    approvals.update([request("a")]);
    approvals.update([request("a"), request("b")]);
    approvals.update([request("b")]);
    assert.deepEqual(told, ["a", "b"]);
  });

  it("says nothing of an approval that the user sees, until the panel is hidden", () => {
    const { approvals, told, see } = watch();
    see(true);
    approvals.update([request("a")]);
    assert.deepEqual(told, []);
    see(false);
    see(true);
    see(false);
    assert.deepEqual(told, ["a"]);
  });

  it("says nothing of an approval that was answered before the panel was hidden", () => {
    const { approvals, told, see } = watch();
    see(true);
    approvals.update([request("a")]);
    approvals.update([]);
    see(false);
    assert.deepEqual(told, []);
  });
});
