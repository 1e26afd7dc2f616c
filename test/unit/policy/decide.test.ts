import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Effect } from "../../../src/agent/tool.ts";
import { type ClassifiedCall, decide } from "../../../src/policy/decide.ts";

const inside = (effect: Effect): ClassifiedCall => ({ effect, outside: [], trusted: true, grantedForSession: false });
const effects: readonly Effect[] = ["read", "write", "execute", "network"];

describe("decide", () => {
  it("lets reads inside the workspace run", () => {
    assert.deepEqual(decide(inside("read")), { kind: "allow", by: "default" });
  });

  it("asks for every other effect, and says why", () => {
    assert.deepEqual(decide(inside("write")), { kind: "ask", reason: "It changes files, and no rule allows it." });
    assert.deepEqual(decide(inside("execute")), { kind: "ask", reason: "It runs a program, and no rule allows it." });
    assert.deepEqual(decide(inside("network")), {
      kind: "ask",
      reason: "It reaches the network, and no rule allows it.",
    });
  });

  it("lets run what the user allowed for the session", () => {
    for (const effect of ["write", "execute", "network"] as const) {
      assert.deepEqual(decide({ ...inside(effect), grantedForSession: true }), { kind: "allow", by: "session" });
    }
  });

  it("asks for anything outside the workspace, whatever was granted", () => {
    for (const effect of effects) {
      const call: ClassifiedCall = { ...inside(effect), outside: ["/etc/hosts", "/x"], grantedForSession: true };
      assert.deepEqual(decide(call), { kind: "ask", reason: "Outside the workspace: /etc/hosts, /x" });
    }
  });

  it("denies everything in an untrusted workspace, before all else", () => {
    for (const effect of effects) {
      for (const outside of [[], ["/etc/hosts"]]) {
        assert.deepEqual(decide({ effect, outside, trusted: false, grantedForSession: true }), {
          kind: "deny",
          message: "E_UNTRUSTED: the workspace is in Restricted Mode, tools are off. Nothing was done.",
        });
      }
    }
  });
});
