import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeRequestRules } from "../../../../src/policy/rules/judge-request-rules.ts";
import { offerRequestRule } from "../../../../src/policy/rules/offer-request-rule.ts";
import { parseRule } from "../../../../src/policy/rules/parse-rule.ts";
import { printRule } from "../../../../src/policy/rules/print-rule.ts";

const template = "https://api.example.com/shipments/{id}";
const request = { method: "GET", url: "https://api.example.com/shipments/1", template, access: "read" } as const;

function judge(texts: readonly string[], changed: Partial<typeof request | { method: string; template: string }> = {}) {
  const rules = texts.map((text, index) => {
    const parsed = parseRule(text);
    assert.ok(parsed.kind === "rule", text);
    return { id: `r${index}`, rule: parsed.rule };
  });
  const found = judgeRequestRules(rules, {
    tool: "get_shipment",
    request: { ...request, ...changed },
    now: new Date("2026-12-01"),
  });
  return found.kind === "none" ? "none" : `${found.kind} ${found.rules[0]?.id}`;
}

describe("rules for HTTP tools", () => {
  const spec = `get_shipment(request "GET ${template}")`;

  it("are read as they are written", () => {
    const [rule] = offerRequestRule("get_shipment", request, "2026-12-31").rules;
    assert.ok(rule);
    assert.equal(printRule(rule), `allow ${spec} until 2026-12-31`);
    assert.deepEqual(parseRule(printRule(rule)), { kind: "rule", rule });
    for (const text of ["GET", "GET  https://a.example", "get https://a.example", "GET ftp://a.example"]) {
      assert.equal(parseRule(`allow get_shipment(request "${text}")`).kind, "error", text);
    }
    assert.equal(parseRule('allow run_task(request "GET https://a.example")').kind, "error");
  });

  it("hold for the tool as it is defined, deny over ask over allow", () => {
    assert.equal(judge([`allow ${spec}`]), "allow r0");
    assert.equal(judge([`allow ${spec}`, `ask ${spec}`]), "ask r1");
    assert.equal(judge([`allow ${spec}`, `deny ${spec}`, `ask ${spec}`]), "deny r1");
  });

  it("do not hold for another tool, method or address, nor after their last day", () => {
    assert.equal(judge([`allow ${spec.replace("get_shipment(", "get_ship(")}`]), "none");
    assert.equal(judge([`allow ${spec}`], { method: "DELETE" }), "none");
    assert.equal(judge([`allow ${spec}`], { template: "https://evil.example/shipments/{id}" }), "none");
    assert.equal(judge([`allow ${spec} until 2026-11-30`]), "none");
  });
});
