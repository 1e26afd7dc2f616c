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
  { type: "compact" },
  { type: "compact", typed: true },
  { type: "approve", answer },
  { type: "approve", answer: { ...answer, decision: { kind: "allow", grant: { offer: "o", scope: "workspace" } } } },
  { type: "approve", answer: { ...answer, decision: { kind: "skip", feedback: "" } } },
  { type: "choose-running", id: "c1", choice: "wait" },
  { type: "choose-running", id: "c1", choice: "use-output" },
  { type: "choose-running", id: "c1", choice: "stop" },
  { type: "review", action: "keep" },
  { type: "review", action: "undo", path: "/w/a.ts" },
  { type: "show-diff", id: "c1" },
  { type: "plan-restore", turnId: "t1" },
  { type: "restore", turnId: "t1", scope: "both" },
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
  { type: "send-while-running", text: "Hi", attachments: ["a1"], action: "queue" },
  { type: "send-while-running", text: "Hi", attachments: [], action: "steer" },
  { type: "send-while-running", text: "Hi", attachments: [], action: "stop" },
  { type: "queued-prompt", id: "q1", action: "edit" },
  { type: "queued-prompt", id: "q1", action: "send" },
  { type: "clear-queue" },
  { type: "resend", turnId: "t1", text: "Hi again" },
  { type: "fork", turnId: "t1" },
  { type: "keep-draft", session: "s1", text: "" },
  { type: "keep-place", session: "s1", place: { turn: 3, offset: -12.5 } },
  { type: "keep-place", session: "s1", place: null },
  { type: "command", command: "renameChat", argument: "A name" },
  { type: "check-paths", paths: ["src/a.ts"] },
  { type: "find-context", query: 1, text: "" },
  { type: "attach", id: "x", reference: { kind: "file", path: "src/a.ts" } },
  { type: "attach", id: "x", reference: { kind: "symbol", name: "a", path: "src/a.ts", startLine: 1, endLine: 2 } },
  { type: "attach", id: "x", reference: { kind: "terminal" } },
  { type: "attach", id: "x", reference: { kind: "url", url: "https://example.com" } },
  { type: "attach", id: "x", reference: { kind: "uri", uri: "file:///w/a.ts" } },
  { type: "attach", id: "x", reference: { kind: "pasted", text: "long" } },
  { type: "attach", id: "x", reference: { kind: "upload", name: "a.png", data: "" } },
  { type: "open-attachment", id: "x" },
  { type: "toggle-implicit" },
  { type: "find-prompts" },
  { type: "code-action", action: "apply-in-editor", text: "x", language: "ts", file: "src/a.ts" },
  { type: "code-action", action: "terminal", text: "", language: "" },
  { type: "focus", has: true },
];

const hostile: readonly unknown[] = [
  { type: "focus", has: "yes" },
  { type: "attach", id: "x", reference: { kind: "instructions", path: "AGENTS.md" } },
  { type: "attach", id: "", reference: { kind: "terminal" } },
  { type: "attach", id: "x", reference: { kind: "file", path: "" } },
  { type: "attach", id: "x", reference: { kind: "symbol", name: "a", path: "b", startLine: 0, endLine: 2 } },
  { type: "attach", id: "x", reference: { kind: "pasted", text: "x".repeat(1_000_001) } },
  { type: "attach", id: "x", reference: { kind: "terminal", text: "forged" } },
  { type: "find-context", query: -1, text: "" },
  undefined,
  null,
  { type: "send-while-running", text: "Hi", attachments: [], action: "send" },
  { type: "queued-prompt", id: "q1", action: "run" },
  { type: "resend", turnId: "t1", text: "" },
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
  { type: "restore", turnId: "t1" },
  { type: "restore", turnId: "t1", scope: "all" },
  { type: "choose-running", id: "c1" },
  { type: "code-action", action: "run", text: "x", language: "ts" },
  { type: "code-action", action: "terminal", text: "x".repeat(1_000_001), language: "" },
  { type: "code-action", action: "new-file", text: "x" },
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

  it("takes the chat that the panel shows along with any of them, and no other member", () => {
    for (const message of good) {
      assert.deepEqual(parseToHost({ ...message, chat: "s1" }), { ...message, chat: "s1" });
      assert.deepEqual(parseToHost({ ...message, chat: undefined }), message);
      for (const other of [{ chat: 1 }, { chat: "x".repeat(101) }, { chat: "../s1" }, { chat: "" }, { window: "s1" }]) {
        assert.equal(parseToHost({ ...message, ...other }), undefined);
      }
    }
  });

  for (const message of hostile) {
    it(`refuses ${(JSON.stringify(message) ?? "undefined").slice(0, 90)}`, () => {
      assert.equal(parseToHost(message), undefined);
      const named: unknown = Array.isArray(message) ? message : withChat(message);
      assert.equal(parseToHost(named), undefined);
    });
  }
});

/** The same with a chat; all of its own members, also those of special names. */
function withChat(message: unknown): unknown {
  if (typeof message !== "object" || message === null) return message;
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors({ chat: "s1" }), ...descriptors(message) });
}

function descriptors(message: object): PropertyDescriptorMap {
  return Object.getOwnPropertyDescriptors(message);
}
