import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ToHost } from "../../../src/protocol/panel-messages.ts";
import { parseToHost } from "../../../src/vscode/parse-to-host.ts";

const answer = { id: "c1", digest: "d1", decision: { kind: "allow" } } as const;

const good: readonly ToHost[] = [
  { type: "ready" },
  { type: "send", text: "Hi", attachments: [] },
  { type: "send", text: "x".repeat(1_000_000), attachments: ["a1", "a2"] },
  { type: "stop" },
  { type: "new-chat" },
  { type: "resume" },
  { type: "approve", answer },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", grant: { offer: "o", scope: "workspace" } } } },
  { type: "approve", answer: { ...answer, decision: { kind: "skip", feedback: "" } } },
  { type: "choose-running", id: "c1", choice: "wait" },
  { type: "choose-running", id: "c1", choice: "use-output" },
  { type: "choose-running", id: "c1", choice: "stop" },
  { type: "review", action: "keep" },
  { type: "review", action: "undo", path: "/w/a.ts" },
  { type: "show-diff", id: "c1" },
  { type: "restore", turnId: "t1" },
  { type: "redo" },
  { type: "remove-attachment", id: "a1" },
  { type: "command", command: "selectModel" },
  { type: "command", command: "openSettings" },
  { type: "command", command: "manageRules" },
  { type: "command", command: "signIn" },
  { type: "command", command: "selectIdentity" },
  { type: "command", command: "lowerMaxTokens" },
  { type: "open-link", href: "https://example.com" },
  { type: "open-file", path: "src/a.ts" },
  { type: "open-file", path: "src/a.ts", line: 3 },
];

const hostile: readonly unknown[] = [
  undefined,
  null,
  "ready",
  42,
  [],
  [{ type: "ready" }],
  {},
  { type: "" },
  { type: "constructor" },
  { type: ["ready"] },
  { type: "READY" },
  { type: "ready", extra: 1 },
  JSON.parse('{"type":"ready","__proto__":{"admin":true}}'),
  { type: "send", text: "", attachments: [] },
  { type: "send", text: "x".repeat(1_000_001), attachments: [] },
  { type: "send", text: "Hi" },
  { type: "send", text: "Hi", attachments: "a1" },
  { type: "send", text: "Hi", attachments: [{}] },
  { type: "send", text: "Hi", attachments: Array.from({ length: 101 }, () => "a") },
  { type: "send", text: { toString: () => "Hi" }, attachments: [] },
  { type: "choose-running", id: "c1", choice: "left" },
  { type: "review", action: "write", path: "/w/a.ts" },
  { type: "restore", turnId: "t1", files: false },
  { type: "choose-running", id: "c1" },
  { type: "approve" },
  { type: "approve", answer: { ...answer, digest: undefined } },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", scope: "session" } } },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", grant: { offer: "o", scope: "always" } } } },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", grant: { scope: "session" } } } },
  {
    type: "approve",
    answer: { ...answer, decision: { kind: "allow", grant: { offer: "o", scope: "turn", rules: [] } } },
  },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", grant: undefined } } },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", feedback: "" } } },
  { type: "approve", answer: { ...answer, decision: { kind: "skip" } } },
  { type: "approve", answer: { ...answer, extra: true } },
  { type: "approve", answer: [answer] },
  { type: "remove-attachment" },
  { type: "command", command: "workbench.action.terminal.new" },
  { type: "command", command: "toString" },
  { type: "command", command: "showLog", arguments: [] },
  { type: "open-link", href: 3 },
  { type: "open-link", href: "x".repeat(10_001) },
  { type: "open-file", path: "a", line: 0 },
  { type: "open-file", path: "a", line: 1.5 },
  { type: "open-file", path: "a", line: "1" },
  { type: "open-file", path: "a", line: Number.POSITIVE_INFINITY },
  { type: "open-file", line: 1 },
];

describe("parseToHost", () => {
  it("takes every message of the protocol as it is", () => {
    for (const message of good) assert.deepEqual(parseToHost(message), message);
  });

  for (const message of hostile) {
    it(`refuses ${(JSON.stringify(message) ?? "undefined").slice(0, 90)}`, () => {
      assert.equal(parseToHost(message), undefined);
    });
  }
});
