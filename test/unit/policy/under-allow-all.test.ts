import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CallFacts, CallLabel } from "../../../src/policy/call-facts.ts";
import { type Decision, decideCall } from "../../../src/policy/decide-call.ts";
import { type AllowAllSituation, underAllowAll } from "../../../src/policy/under-allow-all.ts";

const facts = (changed: Partial<CallFacts> = {}): CallFacts => ({
  ...{ tool: "edit_file", effect: "write", isTrusted: true, targets: [], labels: [], rules: { kind: "none" } },
  ...changed,
});

function decide(changed: Partial<CallFacts>, situation: Partial<AllowAllSituation> = {}): Decision {
  const given = facts(changed);
  const assumed = { offersRule: true, hasReadUntrusted: false, ...situation };
  return underAllowAll(decideCall(given), { facts: given, command: undefined }, assumed);
}

const allowed = {
  kind: "allow",
  reason: "Allowed by Allow All, which you turned on in this chat.",
  by: "allow-all",
} as const;

describe("underAllowAll", () => {
  it("UX79 answers what a rule made from the card could: an ordinary edit, a program", () => {
    for (const effect of ["write", "execute"] as const) assert.deepEqual(decide({ effect }), allowed);
  });

  it("UX78 G18 answers nothing that has a label, whichever, and nothing for which the card offers no rule", () => {
    const labels: readonly CallLabel[] = [
      ...(["outside workspace", "protected file", "secret file", "ignored file", "network"] as const),
      ...(["not understood", "runs with privileges", "interpreter", "background", "hidden characters"] as const),
      ...(["direction controls", "also linked elsewhere", "made by the assistant", "resolved by a command"] as const),
      ...(["tool of another extension", "untrusted content read", "ignored files too"] as const),
      ...(["changes automatic approval", "remote schema"] as const),
    ];
    for (const label of labels) {
      for (const effect of ["write", "execute"] as const) {
        const decision = decide({ effect, labels: [label] });
        assert.equal(decision.kind, "ask", label);
      }
    }
    assert.equal(decide({}, { offersRule: false }).kind, "ask");
    assert.equal(decide({ problem: "a substitution" }).kind, "ask");
  });

  it("keeps what a rule asks, what reaches a server and what any floor or rule denies", () => {
    const asked = { kind: "ask", rule: 'ask edit_file(glob "a")' } as const;
    assert.deepEqual(decide({ rules: asked }), decideCall(facts({ rules: asked })));
    for (const access of ["read", "write"] as const) {
      assert.equal(decide({ effect: "network", request: { access, host: "a.example" } }).kind, "ask");
      assert.equal(decide({ effect: "write", request: { access, host: "a.example" } }).kind, "ask");
    }
    assert.equal(decide({ rules: { kind: "deny", rule: 'deny edit_file(glob "a")' } }).kind, "deny");
    assert.equal(decide({ isTrusted: false }).kind, "deny");
  });

  it("L03 says that untrusted content is why it asks again", () => {
    for (const labels of [["untrusted content read"], []] as const) {
      assert.deepEqual(decide({ labels }, { hasReadUntrusted: true }), {
        ...{ kind: "ask", tier: 1, everyTime: false },
        reason: "This chat holds untrusted content. Allow All does not cover what follows it.",
      });
    }
  });

  it("leaves alone what is allowed already", () => {
    assert.deepEqual(decide({ effect: "read" }), decideCall(facts({ effect: "read" })));
  });
});
