import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CallFacts, TargetFacts } from "../../../src/policy/call-facts.ts";
import { decideCall } from "../../../src/policy/decide-call.ts";

const facts = (changed: Partial<CallFacts> = {}): CallFacts => ({
  tool: "edit_file",
  effect: "write",
  isTrusted: true,
  targets: [],
  labels: [],
  rules: { kind: "none" },
  ...changed,
});

const target = (changed: Partial<TargetFacts> = {}): TargetFacts => ({
  place: "inside",
  kind: "ordinary",
  canonical: "/ws/a",
  access: "write",
  link: undefined,
  ...changed,
});

const allow = { kind: "allow", rule: 'allow edit_file(glob "**")' } as const;

describe("decideCall", () => {
  it("denies everything in Restricted Mode, whatever the rules say", () => {
    assert.deepEqual(decideCall(facts({ isTrusted: false, effect: "read", rules: allow })), {
      kind: "deny",
      code: "E_UNTRUSTED",
      message: "The workspace is in Restricted Mode: tools are off until the user trusts it.",
    });
  });

  it("denies what no answer can allow before it looks at a rule", () => {
    const codes = (kind: TargetFacts["kind"], access: TargetFacts["access"]) => {
      const decision = decideCall(facts({ targets: [target({ kind, access })], rules: allow }));
      return decision.kind === "deny" ? decision.code : decision.kind;
    };
    assert.equal(codes("key-material", "read"), "E_SECRET");
    assert.equal(codes("ignored", "read"), "E_IGNORED");
    assert.equal(codes("forbidden", "write"), "E_PROTECTED");
    assert.equal(codes("forbidden", "read"), "allow");
  });

  it("asks about a program's targets instead, since it is not known what the program does with them", () => {
    const decision = decideCall(
      facts({
        effect: "execute",
        targets: [target({ kind: "key-material", access: "read" })],
        labels: ["secret file"],
      }),
    );
    assert.equal(decision.kind, "ask");
  });

  it("lets a deny rule win over everything but the floors, and an ask rule over the default", () => {
    const denied = { kind: "deny", rule: 'deny edit_file(glob "a")' } as const;
    assert.deepEqual(decideCall(facts({ labels: ["outside workspace"], rules: denied })), {
      kind: "deny",
      code: "E_RULE",
      message: `A rule denies it: ${denied.rule}`,
      rule: denied.rule,
    });
    const asked = { kind: "ask", rule: 'ask read_file(glob "a")' } as const;
    assert.deepEqual(decideCall(facts({ effect: "read", rules: asked })), {
      kind: "ask",
      tier: 1,
      reason: `A rule asks: ${asked.rule}`,
      rule: asked.rule,
      everyTime: false,
    });
  });

  it("asks in a dialog, whatever the rules allow, for what is outside, protected or on the network", () => {
    for (const label of ["outside workspace", "protected file", "network", "made by the assistant"] as const) {
      const decision = decideCall(facts({ labels: [label], rules: allow }));
      assert.deepEqual([decision.kind, decision.kind === "ask" && decision.tier], ["ask", 2], label);
      assert.equal(decision.kind === "ask" && decision.everyTime, true, label);
    }
  });

  it("asks every time, on the card, for secret values, ignored names, hidden characters and lines not understood", () => {
    const asked = [
      facts({ effect: "read", labels: ["secret file"], rules: allow }),
      facts({ effect: "execute", labels: ["ignored file"], rules: allow }),
      facts({ labels: ["hidden characters"], rules: allow }),
      facts({ effect: "execute", problem: "a substitution", rules: allow }),
    ].map(decideCall);
    for (const decision of asked) {
      assert.deepEqual(
        [decision.kind, decision.kind === "ask" && [decision.tier, decision.everyTime]],
        ["ask", [1, true]],
      );
    }
  });

  it("allows by a rule, and says which; not for an effect after untrusted content was read", () => {
    assert.deepEqual(decideCall(facts({ rules: allow })), {
      kind: "allow",
      reason: `Allowed by your rule: ${allow.rule}`,
      rule: allow.rule,
    });
    const after = decideCall(facts({ rules: allow, labels: ["untrusted content read"] }));
    assert.equal(after.kind === "ask" && after.reason, "This turn read untrusted content.");
  });

  it("allows reads in the workspace by default and asks for everything else", () => {
    assert.equal(decideCall(facts({ effect: "read", targets: [target({ access: "read" })] })).kind, "allow");
    for (const effect of ["write", "execute", "network"] as const) {
      assert.equal(decideCall(facts({ effect })).kind, "ask", effect);
    }
    assert.equal(decideCall(facts({ effect: "read", labels: ["tool of another extension"] })).kind, "ask");
  });
});
