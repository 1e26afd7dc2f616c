import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PendingApprovals } from "../../../src/chat/pending-approvals.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { EventRecorder } from "../../support/event-recorder.ts";

const request: ApprovalRequest = {
  id: "c1",
  digest: "d1",
  title: "Run?",
  details: [],
  reason: "It runs a program.",
  scopes: ["once"],
};
const once: ApprovalDecision = { kind: "allow", scope: "once" };

function open() {
  const recorder = new EventRecorder();
  const approvals = new PendingApprovals(recorder.emit, () => 9);
  const controller = new AbortController();
  return { approvals, recorder, controller, decision: approvals.ask(request, controller.signal) };
}

describe("PendingApprovals", () => {
  it("asks on the screen and settles with the answer", async () => {
    const { approvals, recorder, decision } = open();
    assert.deepEqual(recorder.events, [{ type: "tool-awaiting-approval", id: "c1", request, at: 9 }]);
    assert.equal(approvals.count, 1);
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: once }), true);
    assert.deepEqual(await decision, once);
    assert.equal(approvals.count, 0);
  });

  it("takes a skip with its reason whatever the scopes are", async () => {
    const { approvals, decision } = open();
    const skip: ApprovalDecision = { kind: "skip", feedback: "not now" };
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: skip }), true);
    assert.deepEqual(await decision, skip);
  });

  it("ignores an answer with another id, another digest or a scope that was not offered", async () => {
    const { approvals, decision } = open();
    assert.equal(approvals.answer({ id: "c2", digest: "d1", decision: once }), false);
    assert.equal(approvals.answer({ id: "c1", digest: "d2", decision: once }), false);
    const session: ApprovalDecision = { kind: "allow", scope: "session" };
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: session }), false);
    assert.equal(approvals.count, 1);
    approvals.answer({ id: "c1", digest: "d1", decision: once });
    assert.deepEqual(await decision, once);
  });

  it("takes one answer only", async () => {
    const { approvals, decision } = open();
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: { kind: "skip", feedback: "" } }), true);
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: once }), false);
    assert.deepEqual(await decision, { kind: "skip", feedback: "" });
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: once }), false);
  });

  it("keeps several open requests apart", async () => {
    const { approvals, controller, decision } = open();
    const other = approvals.ask({ ...request, id: "c2", digest: "d2" }, controller.signal);
    assert.equal(approvals.answer({ id: "c1", digest: "d2", decision: once }), false);
    assert.equal(approvals.answer({ id: "c2", digest: "d2", decision: once }), true);
    assert.deepEqual(await other, once);
    assert.equal(approvals.count, 1);
    approvals.answer({ id: "c1", digest: "d1", decision: once });
    await decision;
  });

  it("gives up with the signal's reason, and takes no answer after that", async () => {
    const { approvals, controller, decision } = open();
    const reason = new Error("stopped");
    controller.abort(reason);
    assert.equal(approvals.count, 0);
    assert.equal(approvals.answer({ id: "c1", digest: "d1", decision: once }), false);
    await assert.rejects(decision, reason);
  });

  it("does not ask at all where the turn is stopped already", async () => {
    const recorder = new EventRecorder();
    const reason = new Error("stopped");
    const approvals = new PendingApprovals(recorder.emit, () => 9);
    await assert.rejects(approvals.ask(request, AbortSignal.abort(reason)), reason);
    assert.deepEqual(recorder.events, []);
  });
});
