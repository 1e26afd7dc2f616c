import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PanelInbox } from "../../../src/vscode/panel-inbox.ts";

describe("what comes from a webview", () => {
  it("J08 of ten thousand messages at once a few are taken, and a second later more are", () => {
    let now = 0;
    const inbox = new PanelInbox(() => now);
    const take = (count: number): number =>
      Array.from({ length: count }, () => inbox.take({ type: "ready" })).filter((taken) => taken !== undefined).length;
    assert.equal(take(10_000), 200);
    assert.equal(inbox.dropped, 9_800);
    now = 1_000;
    assert.equal(take(10_000), 100);
    now = 1_000_000;
    assert.equal(take(10_000), 200);
  });

  it("J01 J04 what is malformed, unknown or too large is dropped and counted, never thrown", () => {
    const inbox = new PanelInbox(() => 0);
    const circular: Record<string, unknown> = { type: "stop" };
    circular["self"] = circular;
    const answer = { id: "a", digest: "d", decision: { kind: "allow" } };
    const hostile: readonly unknown[] = [
      ...[undefined, null, 1, "stop", [], [{ type: "stop" }], new Map([["type", "stop"]]), circular],
      ...["runTool", "setPolicy", "addRule", "__proto__", "constructor"].map((type) => ({ type })),
      { type: "stop", autoApprove: true },
      JSON.parse('{"type":"stop","__proto__":{"polluted":true}}'),
      { type: "send", text: "x".repeat(20_000_000), attachments: [] },
      { type: "send", text: "hello" },
      { type: "approve", answer: { ...answer, from: "user" } },
      { type: "approve", answer: { ...answer, decision: { kind: "allow", always: true } } },
      { type: "open-file", path: "a", create: true },
      { type: "command", command: "clearData" },
    ];
    assert.deepEqual(
      hostile.filter((message) => inbox.take(message) !== undefined),
      [],
    );
    assert.equal(inbox.dropped, hostile.length);
    assert.equal("polluted" in {}, false);
  });
});
