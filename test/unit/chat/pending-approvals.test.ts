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
  tier: 1,
  labels: [],
  warnings: [],
  offers: [],
};
const once: ApprovalDecision = { kind: "allow" };

function open() {
  const recorder = new EventRecorder();
  const approvals = new PendingApprovals(recorder.emit, () => 9);
  const controller = new AbortController();
  const decision = approvals.ask(request, controller.signal);
  return { approvals, recorder, controller, decision, digest: shownDigest(recorder) };
}

/** The digest of the latest asking, as the panel sees it. */
function shownDigest({ events }: EventRecorder): string {
  const event = events.at(-1);
  assert.ok(event?.type === "tool-awaiting-approval");
  return event.request.digest;
}

describe("PendingApprovals", () => {
  it("asks on the screen and settles with the answer", async () => {
    const { approvals, recorder, decision, digest } = open();
    const shown = { ...request, digest };
    assert.deepEqual(recorder.events, [{ type: "tool-awaiting-approval", id: "c1", request: shown, at: 9 }]);
    assert.match(digest, /^[0-9a-f]{64}$/);
    assert.equal(approvals.count, 1);
    assert.equal(approvals.answer({ id: "c1", digest, decision: once }), true);
    assert.deepEqual(await decision, once);
    assert.equal(approvals.count, 0);
  });

  it("takes a skip with its reason whatever the scopes are", async () => {
    const { approvals, decision, digest } = open();
    const skip: ApprovalDecision = { kind: "skip", feedback: "not now" };
    assert.equal(approvals.answer({ id: "c1", digest, decision: skip }), true);
    assert.deepEqual(await decision, skip);
  });

  it("ignores an answer with another id, another digest or a scope that was not offered", async () => {
    const { approvals, decision, digest } = open();
    assert.equal(approvals.answer({ id: "c2", digest, decision: once }), false);
    assert.equal(approvals.answer({ id: "c1", digest: "d2", decision: once }), false);
    const session: ApprovalDecision = { kind: "allow", grant: { offer: "none", scope: "session" } };
    assert.equal(approvals.answer({ id: "c1", digest, decision: session }), false);
    assert.equal(approvals.count, 1);
    approvals.answer({ id: "c1", digest, decision: once });
    assert.deepEqual(await decision, once);
  });

  it("takes one answer only", async () => {
    const { approvals, decision, digest } = open();
    assert.equal(approvals.answer({ id: "c1", digest, decision: { kind: "skip", feedback: "" } }), true);
    assert.equal(approvals.answer({ id: "c1", digest, decision: once }), false);
    assert.deepEqual(await decision, { kind: "skip", feedback: "" });
    assert.equal(approvals.answer({ id: "c1", digest, decision: once }), false);
  });

  it("keeps several open requests apart", async () => {
    const { approvals, recorder, controller, decision, digest } = open();
    const other = approvals.ask({ ...request, id: "c2", digest: "d2" }, controller.signal);
    const otherDigest = shownDigest(recorder);
    assert.equal(approvals.answer({ id: "c1", digest: otherDigest, decision: once }), false);
    assert.equal(approvals.answer({ id: "c2", digest: otherDigest, decision: once }), true);
    assert.deepEqual(await other, once);
    assert.equal(approvals.count, 1);
    approvals.answer({ id: "c1", digest, decision: once });
    await decision;
  });

  it("takes no answer to an earlier asking, or to the digest that was not shown, however equal the call", async () => {
    const first = open();
    const second = open();
    assert.notEqual(second.digest, first.digest);
    assert.equal(second.approvals.answer({ id: "c1", digest: first.digest, decision: once }), false);
    assert.equal(second.approvals.answer({ id: "c1", digest: request.digest, decision: once }), false);
    assert.equal(second.approvals.answer({ id: "c1", digest: second.digest, decision: once }), true);
    assert.deepEqual(await second.decision, once);
    first.approvals.answer({ id: "c1", digest: first.digest, decision: once });
    await first.decision;
  });

  it("gives up with the signal's reason, and takes no answer after that", async () => {
    const { approvals, controller, decision, digest } = open();
    const reason = new Error("stopped");
    controller.abort(reason);
    assert.equal(approvals.count, 0);
    assert.equal(approvals.answer({ id: "c1", digest, decision: once }), false);
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
