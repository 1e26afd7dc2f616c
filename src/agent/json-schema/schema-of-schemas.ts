import type { Schema } from "@cfworker/json-schema";

const schema: Schema = { $ref: "#" };
const schemas: Schema = { type: "array", items: schema, minItems: 1 };
const named: Schema = { type: "object", additionalProperties: schema };
const names: Schema = { type: "array", items: { type: "string" } };
const text: Schema = { type: "string" };
const number: Schema = { type: "number" };
const count: Schema = { type: "integer", minimum: 0 };
const typeName: Schema = { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] };

/** What the keywords of JSON Schema take, in the drafts from 4 to 2020-12: their forms together, since a validator reads them all. */
export const schemaOfSchemas: Schema = {
  type: ["object", "boolean"],
  properties: {
    $schema: text,
    $id: text,
    $ref: text,
    $defs: named,
    definitions: named,
    title: text,
    description: text,
    type: { anyOf: [typeName, { type: "array", items: typeName, minItems: 1 }] },
    enum: { type: "array", minItems: 1 },
    properties: named,
    patternProperties: named,
    additionalProperties: schema,
    unevaluatedProperties: schema,
    propertyNames: schema,
    required: names,
    minProperties: count,
    maxProperties: count,
    dependentRequired: { type: "object", additionalProperties: names },
    dependentSchemas: named,
    items: { anyOf: [schema, { type: "array", items: schema }] },
    prefixItems: schemas,
    additionalItems: schema,
    unevaluatedItems: schema,
    contains: schema,
    minItems: count,
    maxItems: count,
    minContains: count,
    maxContains: count,
    uniqueItems: { type: "boolean" },
    minLength: count,
    maxLength: count,
    pattern: text,
    format: text,
    minimum: number,
    maximum: number,
    multipleOf: { type: "number", exclusiveMinimum: 0 },
    exclusiveMinimum: { type: ["number", "boolean"] },
    exclusiveMaximum: { type: ["number", "boolean"] },
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: schema,
    if: schema,
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: schema,
    else: schema,
  },
};
