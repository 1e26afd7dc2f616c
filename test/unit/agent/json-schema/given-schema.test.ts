import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GivenSchema } from "../../../../src/agent/json-schema/given-schema.ts";

const shipment = {
  type: "object",
  properties: { id: { type: "string" }, weight: { type: "number", minimum: 0 } },
  required: ["id"],
};

function given(schema: unknown): GivenSchema {
  return new GivenSchema(JSON.stringify(schema));
}

function refusal(text: string): string {
  try {
    new GivenSchema(text);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return "taken";
}

describe("GivenSchema", () => {
  it("is the tool's input as it is where that is an object's with plain keywords", () => {
    const schema = given({ $schema: "https://json-schema.org/draft/2020-12/schema", ...shipment });
    assert.deepEqual(schema.json, shipment);
    assert.deepEqual(schema.read({ id: "s1" }), { kind: "fits", value: { id: "s1" } });
  });

  it("stands under a property where it is none, its references as well, and is read without it", () => {
    const schema = given({ type: "array", items: { $ref: "#/$defs/shipment" }, $defs: { shipment } });
    assert.deepEqual(schema.json, {
      type: "object",
      properties: {
        document: {
          type: "array",
          items: { $ref: "#/properties/document/$defs/shipment" },
          $defs: { shipment },
        },
      },
      required: ["document"],
    });
    const value = [{ id: "s1" }];
    assert.deepEqual(schema.read({ document: value }), { kind: "fits", value });
    assert.deepEqual(schema.read(value), { kind: "fits", value });
  });

  it("says what does not fit, and where", () => {
    const problems = (answer: unknown): string => {
      const reading = given(shipment).read(answer);
      return reading.kind === "unfit" ? reading.problems.join("; ") : "fits";
    };
    assert.match(problems({ weight: -1 }), /^document: .*required property "id".*; weight: -1 is less than 0/);
    assert.match(problems(undefined), /no JSON/);
  });

  it("refuses what is no schema, and says where it is wrong", () => {
    assert.match(refusal('{"type":'), /^SchemaError: The schema is no JSON: /);
    assert.equal(refusal("[]"), "SchemaError: The schema is no JSON object.");
    const wrong = { type: "object", properties: { when: { type: "date" }, id: { required: true, pattern: "(" } } };
    const told = refusal(JSON.stringify(wrong));
    assert.match(told, /^SchemaError: The schema is not valid\.\n/);
    assert.match(told, /\n- properties\.when\.type: /);
    assert.match(told, /\n- properties\.id\.required: /);
    assert.match(told, /\n- schema\.properties\.id\.pattern: "\(" is no regular expression\./);
    assert.match(
      refusal(JSON.stringify({ ...shipment, properties: { id: { $ref: "#/$defs/id" } } })),
      /schema\.properties\.id\.\$ref: "#\/\$defs\/id" leads nowhere/,
    );
    assert.match(
      refusal('{"$ref":"https://example.com/s.json"}'),
      /is not in the schema itself, and nothing is fetched/,
    );
    assert.match(refusal(`{"title":"${"x".repeat(200_001)}"}`), /longer than 200,000/);
  });

  it("takes names of keywords as names of properties", () => {
    const schema = { type: "object", properties: { pattern: { type: "string" }, type: { type: "string" } } };
    assert.deepEqual(given(schema).json, schema);
  });
});
