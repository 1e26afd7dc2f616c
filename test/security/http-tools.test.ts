import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PreparedCall } from "../../src/agent/tool.ts";
import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { testGate } from "../support/test-policy.ts";

const template = "https://api.example.com/shipments/{id}";
const allow = (tool: string, method: string): string => `allow ${tool}(request "${method} ${template}")`;

function callOf(access: "read" | "write", url = "https://api.example.com/shipments/1"): PreparedCall {
  const method = access === "read" ? "GET" : "POST";
  return {
    title: "Calling",
    effect: "network",
    targets: [],
    request: { method, url, template, access },
    subject: { question: "Call it?", details: [{ label: "Request", value: `${method} ${url}` }] },
    timeoutMs: 1_000,
    run: async () => ({ content: [{ text: "done" }], title: "Called" }),
  };
}

/** What becomes of calls one after another in one turn; each question is skipped. */
async function judge(rules: readonly string[], ...calls: readonly PreparedCall[]) {
  const asked: ApprovalRequest[] = [];
  const gate = testGate({
    rules,
    ask: async (request) => {
      asked.push(request);
      return { kind: "skip", feedback: "" };
    },
  });
  gate.beginTurn("t1");
  const { signal } = new AbortController();
  const verdicts: string[] = [];
  for (const [index, call] of calls.entries()) {
    const tool = call.request?.access === "read" ? "get_it" : "set_it";
    const verdict = await gate.authorize(
      { id: `c${index}`, tool, input: { index }, call, prepare: async () => call },
      signal,
    );
    verdicts.push(verdict.kind);
    if (verdict.kind === "allow") await verdict.run({ signal, output: () => undefined });
  }
  return { asked, verdicts };
}

describe("requests to servers of the user's", () => {
  it("E20 are asked about with their destination: a read on its card, a write in a dialog", async () => {
    const { asked, verdicts } = await judge([], callOf("read"), callOf("write"));
    assert.deepEqual(verdicts, ["deny", "deny"]);
    assert.deepEqual(
      asked.map(({ tier, labels, reason }) => [tier, labels, reason]),
      [
        [1, ["network"], "It asks api.example.com, and no rule allows it."],
        [2, ["network"], "It may change something at api.example.com, and no rule allows it."],
      ],
    );
    const [offer] = asked[0]?.offers ?? [];
    assert.match(
      offer?.rules[0] ?? "",
      /^allow get_it\(request "GET https:\/\/api\.example\.com\/shipments\/\{id\}"\)/,
    );
  });

  it("are let through by a rule for the tool as it is defined", async () => {
    const rules = [allow("get_it", "GET"), allow("set_it", "POST")];
    assert.deepEqual((await judge(rules, callOf("write"))).verdicts, ["allow"]);
    assert.deepEqual((await judge(rules, callOf("read"), callOf("read"))).verdicts, ["allow", "allow"]);
    assert.deepEqual((await judge([allow("get_it", "POST")], callOf("read"))).verdicts, ["deny"]);
  });

  it("L03 after one was answered no rule lets a write through, until the next turn", async () => {
    const rules = [allow("get_it", "GET"), allow("set_it", "POST")];
    const { verdicts, asked } = await judge(rules, callOf("read"), callOf("write"), callOf("read"));
    assert.deepEqual(verdicts, ["allow", "deny", "allow"]);
    assert.equal(asked[0]?.reason, "This turn read untrusted content.");
  });

  it("are denied by a rule of the repository", async () => {
    const rule = `deny get_it(request "GET ${template}")`;
    const { verdicts, asked } = await judge([allow("get_it", "GET"), rule], callOf("read"));
    assert.deepEqual([verdicts, asked], [["deny"], []]);
  });
});
