import * as z from "zod";

/** Levels of a schema, and its nodes in all: what the model is sent with every request. */
const mostLevels = 12;
const mostNodes = 2_000;

/** What is kept of a schema: models and validators agree on these. */
const plain: readonly string[] = [
  ...["type", "title", "description", "default", "enum", "const", "format", "pattern", "required"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"],
  ...["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
];
const lists = ["anyOf", "oneOf", "allOf"] as const;

const object = z.record(z.string(), z.unknown());
type Schema = Readonly<Record<string, unknown>>;

/** Why a schema cannot be an input; the message ends a sentence. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

/**
 * A schema of OpenAPI 3.0 or 3.1 as plain JSON Schema: `nullable` and bounds that are booleans are said in its words,
 * what only the server sets is left out. Throws `SchemaError`.
 */
export function plainSchema(schema: unknown): Schema {
  let nodes = 0;
  const convert = (value: unknown, level: number): Schema => {
    const given = object.catch({}).parse(value);
    if ("$ref" in given) throw new SchemaError("refers to another file");
    if (level > mostLevels || ++nodes > mostNodes) throw new SchemaError("is too large, or refers to itself");
    const next = (each: unknown): Schema => convert(each, level + 1);
    const kept = Object.fromEntries(plain.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
    const { properties, items, additionalProperties: more } = given;
    const writable = Object.entries(object.catch({}).parse(properties)).filter(([, each]) => !isReadOnly(each));
    const names = new Set(writable.map(([name]) => name));
    return {
      ...withoutBounds(kept, given),
      ...bounds(given),
      ...nullable(given),
      ...(properties !== undefined && {
        properties: Object.fromEntries(writable.map(([name, each]) => [name, next(each)])),
      }),
      ...(properties !== undefined &&
        Array.isArray(given["required"]) && {
          required: given["required"].filter((name) => names.has(String(name))),
        }),
      ...(items !== undefined && { items: next(items) }),
      ...(more !== undefined && { additionalProperties: typeof more === "boolean" ? more : next(more) }),
      ...(given["not"] !== undefined && { not: next(given["not"]) }),
      ...Object.fromEntries(
        lists.flatMap((key) => {
          const each = given[key];
          return Array.isArray(each) ? [[key, each.map(next)]] : [];
        }),
      ),
    };
  };
  return convert(schema, 0);
}

function isReadOnly(schema: unknown): boolean {
  return object.catch({}).parse(schema)["readOnly"] === true;
}

/** OpenAPI 3.0: `exclusiveMinimum: true` beside `minimum`. */
function bounds(schema: Schema): Schema {
  const one = (bound: "minimum" | "maximum", exclusive: "exclusiveMinimum" | "exclusiveMaximum"): Schema => {
    if (typeof schema[exclusive] !== "boolean") return {};
    return schema[exclusive] ? { [exclusive]: schema[bound] } : { [bound]: schema[bound] };
  };
  return { ...one("minimum", "exclusiveMinimum"), ...one("maximum", "exclusiveMaximum") };
}

function withoutBounds(kept: Schema, given: Schema): Schema {
  const both = [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const;
  const replaced = new Set<string>(both.flatMap((names) => (typeof given[names[1]] === "boolean" ? names : [])));
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !replaced.has(name)));
}

function nullable({ nullable: may, type, enum: values }: Schema): Schema {
  if (may !== true || typeof type !== "string") return {};
  return { type: [type, "null"], ...(Array.isArray(values) && !values.includes(null) && { enum: [...values, null] }) };
}
