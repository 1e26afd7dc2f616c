import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { PreparedCall } from "../../../src/agent/tool.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { testPolicy } from "../../support/test-policy.ts";
import { executing, twoFolders } from "./gate-scene.ts";

function writing(path: string): PreparedCall {
  const change = { before: undefined, after: path };
  return executing({ effect: "write", targets: [{ path, access: "write", canonical: path, change }] });
}

describe("questions that wait side by side", () => {
  it("are settled by a rule that is made with the answer to one of them, where it covers them", async (test) => {
    const { ws, evil } = await twoFolders(test);
    const { policy, entries } = testPolicy({ folders: [ws] });
    const asked = new Map<string, { request: ApprovalRequest; answer(decision: ApprovalDecision): void }>();
    const gate = policy.createGate(
      (request, signal) =>
        new Promise((settle, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          asked.set(request.id, { request, answer: settle });
          allAsked.settle();
        }),
      () => undefined,
    );
    const allAsked = untilCalled(3);
    gate.beginTurn("turn-1");
    const { signal } = new AbortController();
    const authorize = (id: string, path: string) => {
      const call = writing(path);
      return gate.authorize({ id, tool: "write_file", input: { path }, call, prepare: async () => call }, signal);
    };
    const verdicts = [
      authorize("a", join(ws, "a.txt")),
      authorize("b", join(ws, "b.txt")),
      authorize("c", join(evil, "c.txt")),
    ];
    await allAsked.done;
    const first = asked.get("a") ?? assert.fail("a is asked about");
    const offer = first.request.offers.at(-1) ?? assert.fail("there is an offer for all files");
    first.answer({ kind: "allow", grant: { offer: offer.id, scope: "session" } });
    const [one, other] = await Promise.all(verdicts.slice(0, 2));
    assert.equal(one?.kind === "allow" && one.allowedBy, undefined);
    assert.match(String(other?.kind === "allow" && other.allowedBy), /^Allowed by your rule: .*glob "\*\*"/);
    const ofB = entries.flatMap((entry) => (entry.event === "decision" && entry.call === "b" ? [entry] : []));
    assert.deepEqual(
      ofB.map(({ decision, by }) => [decision, by.replace(/:.*/, "")]),
      [
        ["ask", "default"],
        ["allow", "rule"],
      ],
    );
    // What no rule covers goes on waiting.
    asked.get("c")?.answer({ kind: "skip", feedback: "" });
    assert.equal((await verdicts[2])?.kind, "deny");
  });
});

function untilCalled(times: number): { readonly done: Promise<void>; settle(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = times;
  return {
    done: promise,
    settle: () => {
      if (--left === 0) resolve();
    },
  };
}
