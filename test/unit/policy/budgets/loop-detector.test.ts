import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { canonicalJson } from "../../../../src/policy/budgets/canonical-json.ts";
import { type CallOutcome, LoopDetector } from "../../../../src/policy/budgets/loop-detector.ts";

type Made = readonly [tool: string, input: unknown, outcome?: CallOutcome];

function kindsOf(calls: readonly Made[]): readonly string[] {
  const detector = new LoopDetector();
  return calls.map(([tool, input, outcome = "unchanged"]) => {
    const verdict = detector.judge({ tool, input });
    if (verdict.kind !== "stop") detector.settle({ tool, input }, outcome);
    return verdict.kind === "stop" ? verdict.exhaustion.what : verdict.kind;
  });
}

describe("LoopDetector", () => {
  it("takes inputs with their keys in another order for the same", () => {
    assert.deepEqual(
      kindsOf([
        ["read_file", { path: "a", limit: 1 }],
        ["read_file", { limit: 1, path: "a" }],
        ["read_file", { path: "a", limit: 1 }],
      ]),
      ["new", "new", "warn"],
    );
  });

  it("does not mind the tests being run after each of many different edits", () => {
    const rounds = Array.from({ length: 8 }, (_, index): readonly Made[] => [
      ["edit_file", { path: "a.ts", new_text: `${index}` }, "changed"],
      ["run_command", { command: "npm test" }, "failed"],
    ]);
    assert.deepEqual(kindsOf(rounds.flat()), Array(16).fill("new"));
  });

  it("sees a cycle of three calls", () => {
    const cycle: readonly Made[] = [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ];
    assert.deepEqual(kindsOf([...cycle, ...cycle, ...cycle]).at(-1), "cycle");
  });

  it("sees a cycle although its calls change something, for they changed it before", () => {
    const cycle: readonly Made[] = [
      ["write_file", { path: "a", content: "1" }, "changed"],
      ["write_file", { path: "a", content: "2" }, "changed"],
    ];
    assert.deepEqual(kindsOf([...cycle, ...cycle, ...cycle, ...cycle]).includes("cycle"), true);
  });

  it("looks back ten calls, not further", () => {
    const others = Array.from({ length: 10 }, (_, index): Made => ["read_file", { path: `f${index}` }]);
    const same: Made = ["read_file", { path: "a" }];
    assert.deepEqual(kindsOf([same, same, ...others, same]).at(-1), "new");
  });

  it("forgets a file's failed edits when one succeeds", () => {
    const failing = (text: string): Made => ["edit_file", { path: "a", old_text: text }, "failed"];
    const kinds = kindsOf([
      failing("1"),
      failing("2"),
      ["edit_file", { path: "a", old_text: "3" }, "changed"],
      failing("4"),
    ]);
    assert.deepEqual(kinds, ["new", "new", "warn", "new"]);
  });

  it("counts the failed edits of each file for itself", () => {
    const kinds = kindsOf(
      Array.from({ length: 6 }, (_, index): Made => ["edit_file", { path: `f${index}` }, "failed"]),
    );
    assert.deepEqual(kinds, Array(6).fill("new"));
  });

  it("goes on after the user said so", () => {
    const detector = new LoopDetector();
    const call = { tool: "a", input: {} };
    const judged = Array.from({ length: 5 }, () => detector.judge(call).kind);
    detector.reset();
    assert.deepEqual([...judged, detector.judge(call).kind], ["new", "new", "warn", "warn", "stop", "new"]);
  });
});

describe("canonicalJson", () => {
  it("orders the keys at every depth and keeps the order of lists", () => {
    assert.equal(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: null }), '{"a":null,"b":[{"c":2,"d":1},1]}');
    assert.equal(canonicalJson(undefined), "null");
    assert.equal(canonicalJson(JSON.parse('{"__proto__":1,"a":2}')), '{"__proto__":1,"a":2}');
  });
});
