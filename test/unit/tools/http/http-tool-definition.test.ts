import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { effectOf, readHttpTools } from "../../../../src/tools/http/http-tool-definition.ts";

const properties = { id: { type: "string" }, body: { type: "object" } };
const right = {
  name: "get_shipment",
  description: "Where a shipment is.",
  input: { type: "object", properties, required: ["id"] },
  url: "https://api.example.com/shipments/{id}",
};

function problemOf(changed: Readonly<Record<string, unknown>>): string {
  const { definitions, problems } = readHttpTools([{ ...right, ...changed }]);
  assert.equal(definitions.length + problems.length, 1);
  return problems.join("\n");
}

describe("readHttpTools", () => {
  it("fills in what may be left out", () => {
    const { definitions, problems } = readHttpTools([
      { name: "ping", description: "Pings.", url: "https://a.example" },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(definitions, [
      {
        ...{ name: "ping", description: "Pings.", url: "https://a.example" },
        ...{ method: "GET", timeoutSeconds: 30, input: { type: "object", properties: {} } },
      },
    ]);
  });

  it("goes by the method where nothing is said of the effect", () => {
    const effects = (["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const).map((method) => effectOf({ method }));
    assert.deepEqual(effects, ["read", "read", "write", "write", "write", "write"]);
    assert.equal(effectOf({ method: "POST", effect: "read" }), "read");
  });

  it("keeps those that are right, and says of each other what is wrong with it", () => {
    const { definitions, problems } = readHttpTools([right, { ...right, name: "Get Shipment" }, 7]);
    assert.deepEqual(
      definitions.map(({ name }) => name),
      ["get_shipment"],
    );
    assert.match(problems[0] ?? "", /^HTTP tool "Get Shipment": .*small letters, digits and underscores/su);
    assert.match(problems[1] ?? "", /^HTTP tool 3: /);
    assert.deepEqual(readHttpTools({}).problems, ["HTTP tools are a list of definitions."]);
    assert.deepEqual(readHttpTools(undefined), { definitions: [], problems: [] });
  });

  it("refuses what the address or the body cannot be made of", () => {
    assert.match(problemOf({ url: "https://api.example.com/{shipment}" }), /no property "shipment"/);
    assert.match(problemOf({ query: ["page"] }), /no property "page"/);
    assert.match(problemOf({ body: "order" }), /no property "order"/);
    assert.match(problemOf({ unknown: true }), /unknown/i);
  });

  it("takes secrets by name alone, and no header that the connection decides on", () => {
    assert.equal(problemOf({ headers: { Authorization: `Bearer \${secret:desk}`, "X-Team": "search" } }), "");
    for (const name of ["Authorization", "x-api-key", "Cookie", "X-Auth-Token"]) {
      assert.match(problemOf({ headers: { [name]: "plain" } }), /takes its value from a secret/, name);
    }
    assert.match(problemOf({ headers: { "X-Team": `\${secret:}` } }), /A secret is named as/);
    assert.match(problemOf({ headers: { "X-Team": "a\r\nHost: b" } }), /printable ASCII/);
    for (const name of ["Host", "Content-Length", "Idempotency-Key"]) {
      assert.match(problemOf({ headers: { [name]: "x" } }), /not yours to set/, name);
    }
  });
});
