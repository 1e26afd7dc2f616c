import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decideApproval, questionText } from "../../../src/headless/approve.ts";
import type { ApprovalRequest } from "../../../src/protocol/approval.ts";

const { signal } = new AbortController();
const request: ApprovalRequest = {
  id: "c1",
  digest: "d",
  title: "Run this command?",
  details: [
    { label: "Command", value: "echo a\n\u001b[2Jecho b", format: "command" },
    { label: "Folder", value: "/ws\u202e" },
  ],
  reason: "It runs a program, and no rule allows it.",
  tier: 2,
  labels: ["network"],
  warnings: ["It changes what the editor acts on."],
  offers: [{ id: "o", label: "this command", rules: ['allow run_command(exact "x")'], scopes: ["session"] }],
};

describe("--approve", () => {
  it("all allows both tiers once, and makes no rule", async () => {
    for (const tier of [1, 2] as const) {
      assert.deepEqual(await decideApproval("all", { ...request, tier }, signal), { kind: "allow" });
    }
  });

  it("none skips, and ask skips where there is no terminal", async () => {
    assert.deepEqual(
      [await decideApproval("none", request, signal), await decideApproval("ask", request, signal)],
      [
        { kind: "skip", feedback: "This run allows no calls with an effect (--approve none)." },
        { kind: "skip", feedback: "There is no terminal to ask on." },
      ],
    );
  });

  it("H05 ask shows the whole question, and nothing that a terminal obeys", () => {
    assert.equal(
      questionText(request),
      [
        "Run this command?",
        "  ! network",
        "  ! It changes what the editor acts on.",
        "  Command:",
        "    echo a",
        "    ␛[2Jecho b",
        "  Folder: /ws⟦U+202E⟧",
        "It runs a program, and no rule allows it.",
      ].join("\n"),
    );
  });
});
