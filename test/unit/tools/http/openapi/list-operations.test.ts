import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { repositoryRoot } from "../../../../../scripts/paths.mjs";
import { baseUrlOf, listOperations } from "../../../../../src/tools/http/openapi/list-operations.ts";
import { DocumentError, parseDocument, readDocument } from "../../../../../src/tools/http/openapi/read-document.ts";

const base = "https://api.example.com";

async function operations(paths: unknown, more: Readonly<Record<string, unknown>> = {}) {
  return listOperations(await readDocument({ openapi: "3.1.0", info: {}, paths, ...more }), base);
}

async function only(operation: unknown, more: Readonly<Record<string, unknown>> = {}) {
  const [first] = await operations({ "/x": { post: operation } }, more);
  assert.ok(first);
  return first.kind === "usable" ? first.definition : first.reason;
}

const json = (schema: unknown) => ({ requestBody: { required: true, content: { "application/json": { schema } } } });

describe("an OpenAPI document", () => {
  it("gives its operations as definitions, with why others are none", async () => {
    const text = readFileSync(join(repositoryRoot, "test/fixtures/help-desk/openapi.yaml"), "utf8");
    const document = await readDocument(parseDocument(text));
    assert.equal(baseUrlOf(document), "http://127.0.0.1:8080/v1");
    const found = listOperations(document, "https://desk.example.com/v1");
    const told = found.map((each) => [
      each.method,
      each.path,
      each.kind === "usable" ? each.definition.name : each.reason,
    ]);
    assert.deepEqual(told, [
      ["GET", "/shipments/{shipmentId}/status", "get_shipment_status"],
      ["POST", "/shipments/{shipmentId}/pickup", "reschedule_pickup"],
      ["GET", "/help/search", "search_help_center"],
      ["POST", "/labels", "takes multipart/form-data, not JSON"],
      ["GET", "/partners", "refers to another file"],
    ]);
    const pickup = found[1]?.kind === "usable" ? found[1].definition : undefined;
    assert.deepEqual(pickup, {
      name: "reschedule_pickup",
      description: "Moves the pickup of a shipment to another day.",
      input: {
        type: "object",
        properties: {
          shipmentId: { description: "Such as SHP-1001.", type: "string", pattern: "^SHP-[0-9]+$" },
          date: { type: "string", format: "date" },
          window: { type: "string", enum: ["morning", "afternoon"] },
        },
        required: ["shipmentId", "date"],
        additionalProperties: false,
      },
      method: "POST",
      url: "https://desk.example.com/v1/shipments/{shipmentId}/pickup",
      headers: { Authorization: `Bearer \${secret:deskKey}` },
    });
  });

  it("says 3.0's nullable and bounds in the words of JSON Schema", async () => {
    const schema = {
      type: "object",
      properties: {
        n: {
          type: "integer",
          nullable: true,
          minimum: 0,
          exclusiveMinimum: true,
          maximum: 9,
          exclusiveMaximum: false,
          example: 3,
        },
      },
    };
    const made = await only(json(schema));
    assert.deepEqual(Object(made).input.properties, {
      n: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: 9 },
    });
  });

  it("keeps a body whole that is no plain object, or whose names are taken", async () => {
    const list = await only(json({ type: "array", items: { type: "string" } }));
    assert.deepEqual([Object(list).body, Object(list).input.required], ["body", ["body"]]);
    const parameters = [{ name: "id", in: "query", schema: { type: "string" } }];
    const same = await only({ parameters, ...json({ type: "object", properties: { id: { type: "string" } } }) });
    assert.deepEqual(
      [Object(same).body, Object.keys(Object(same).input.properties), Object(same).query],
      ["body", ["id", "body"], ["id"]],
    );
  });

  it("takes names that models and rules can write, each once", async () => {
    const get = { responses: {} };
    const found = await operations({
      "/a/{b}": { get: { ...get, parameters: [{ name: "b", in: "path", schema: {} }] } },
      "/c": { get: { operationId: "HTTP2list" }, put: { operationId: "http2-list" }, delete: { operationId: "2nd" } },
    });
    assert.deepEqual(
      found.map((each) => each.kind === "usable" && each.definition.name),
      ["get_a_b", "http2list", "http2_list", "call_2nd"],
    );
  });

  it("signs in with headers of secrets, by the first way that it can", async () => {
    const securitySchemes = {
      key: { type: "apiKey", name: "X-Api-Key", in: "header" },
      "in query": { type: "apiKey", name: "key", in: "query" },
      login: { type: "oauth2", flows: {} },
      basic: { type: "http", scheme: "basic" },
    };
    const headers = async (security: unknown) => {
      const made = await only({ security }, { components: { securitySchemes } });
      return typeof made === "string" ? made : made.headers;
    };
    assert.deepEqual(await headers([{ "in query": [] }, { key: [] }]), { "X-Api-Key": `\${secret:key}` });
    assert.deepEqual(await headers([{ login: [] }]), { Authorization: `Bearer \${secret:login}` });
    assert.deepEqual(await headers([{ basic: [] }]), { Authorization: `Basic \${secret:basic}` });
    assert.equal(await headers([{ key: [] }, {}]), undefined);
    assert.equal(await headers([{ "in query": [] }]), 'is signed in to by "in query", which is no header');
    assert.match(String(await headers([{ other: [] }])), /which the document does not explain/);
  });

  it("refuses what would be sent in a way of its own, and headers that are arguments", async () => {
    const parameter = (more: object) =>
      only({ parameters: [{ name: "p", in: "query", schema: { type: "array" }, ...more }] });
    assert.equal(await parameter({ explode: false }), 'has a way of its own to send "p"');
    assert.equal(await parameter({ style: "deepObject" }), 'has a way of its own to send "p"');
    assert.equal(await parameter({ in: "header", required: true }), 'needs the header "p"');
    assert.equal(typeof (await parameter({ in: "header" })), "object");
  });

  it("holds references that go round or that lead elsewhere, and fetches nothing", async (test) => {
    const fetched = test.mock.method(globalThis, "fetch", () => assert.fail("nothing is fetched"));
    const node = { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } };
    const more = { components: { schemas: { Node: node } } };
    assert.equal(await only(json({ $ref: "#/components/schemas/Node" }), more), "is too large, or refers to itself");
    for (const $ref of ["https://schemas.example.com/a.json", "file:///etc/passwd", "../other.yaml#/a"]) {
      assert.equal(await only(json({ $ref })), "refers to another file", $ref);
    }
    assert.equal(fetched.mock.callCount(), 0);
    await assert.rejects(only(json({ $ref: "#/nowhere" })), DocumentError);
  });

  it("refuses a schema that stands for far more than is written", async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 9 }, (_, level) => {
        const inner = level === 0 ? { type: "string" } : { $ref: `#/components/schemas/S${level - 1}` };
        return [
          `S${level}`,
          { type: "object", properties: Object.fromEntries("abcdefgh".split("").map((name) => [name, inner])) },
        ];
      }),
    );
    assert.equal(
      await only(json({ $ref: "#/components/schemas/S8" }), { components: { schemas } }),
      "is too large, or refers to itself",
    );
  });

  it("tells what is no document", async () => {
    assert.throws(() => parseDocument("{"), /neither JSON nor YAML/);
    assert.throws(() => parseDocument("a: [1"), /neither JSON nor YAML/);
    for (const value of [{}, { swagger: "2.0", paths: {} }, { openapi: "4.0.0" }, null, []]) {
      await assert.rejects(readDocument(value), /not OpenAPI 3\.0 or 3\.1/);
    }
    assert.equal(baseUrlOf({ servers: [{ url: "/v1" }] }), undefined);
    assert.equal(baseUrlOf({}), undefined);
  });
});
