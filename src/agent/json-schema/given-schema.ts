import type { Schema } from "@cfworker/json-schema";
import { isObject } from "../../protocol/is-object.ts";
import type { AnswerSchema, Reading } from "../extract.ts";
import { type JsonObject, parseToolInput } from "../tool-input.ts";
import { type CheckJson, createCheckJson, listProblems } from "./check-json.ts";
import { schemaOfSchemas } from "./schema-of-schemas.ts";

/** Characters of a schema: it goes with the request. */
const mostText = 200_000;
/** The one property of a tool's input, where the schema itself cannot be the input's. */
const wrapper = "document";
/** What every model takes at the top of a tool's input. */
const plainKeys: ReadonlySet<string> = new Set(["$schema", "title", "description", "type", "properties", "required"]);

/** A text that is no JSON Schema, or one that cannot be used; the message says where, for the user. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

/** A JSON Schema that is given at run time, as the schema of an answer. */
export class GivenSchema implements AnswerSchema<unknown> {
  readonly json: JsonObject;
  readonly #check: CheckJson;
  readonly #isWrapped: boolean;

  /** Throws `SchemaError`. */
  constructor(text: string) {
    const schema = parseSchema(text);
    this.#check = createCheckJson(schema, "document");
    // It shows only in use what a schema refers to.
    tryOut(this.#check);
    this.#isWrapped = schema.type !== "object" || Object.keys(schema).some((key) => !plainKeys.has(key));
    this.json = toJsonObject(this.#isWrapped ? wrapped(schema) : withoutKey(schema, "$schema"));
  }

  read(answer: unknown): Reading<unknown> {
    const value = this.#isWrapped && isObject(answer) && wrapper in answer ? answer[wrapper] : answer;
    if (value === undefined) return { kind: "unfit", problems: ["document: There is no JSON in the answer."] };
    const problems = this.#check(value);
    return problems.length === 0 ? { kind: "fits", value } : { kind: "unfit", problems };
  }
}

function parseSchema(text: string): Schema {
  if (text.length > mostText) {
    throw new SchemaError(`The schema is longer than ${mostText.toLocaleString("en")} characters.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SchemaError(`The schema is no JSON: ${messageOf(error)}`);
  }
  if (!isObject(value)) throw new SchemaError("The schema is no JSON object.");
  const problems = [...createCheckJson(schemaOfSchemas, "schema")(value), ...referenceProblems(value, value, "schema")];
  if (problems.length > 0) throw new SchemaError(`The schema is not valid.\n${listProblems(problems)}`);
  return value;
}

/** References that lead nowhere, or out of the schema, and patterns that are none. */
function referenceProblems(part: unknown, whole: object, place: string): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((each, index) => referenceProblems(each, whole, `${place}.${index}`));
  if (!isObject(part)) return [];
  const { $ref, pattern } = part;
  const own: string[] = [];
  if (typeof $ref === "string" && !$ref.startsWith("#")) {
    own.push(`${place}.$ref: "${$ref}" is not in the schema itself, and nothing is fetched.`);
  } else if (typeof $ref === "string" && /^#(?:\/|$)/u.test($ref) && !resolves($ref, whole)) {
    own.push(`${place}.$ref: "${$ref}" leads nowhere.`);
  }
  if (typeof pattern === "string" && !isPattern(pattern)) {
    own.push(`${place}.pattern: "${pattern}" is no regular expression.`);
  }
  const below = Object.entries(part).filter(([key]) => !["enum", "const", "default", "examples"].includes(key));
  return [...own, ...below.flatMap(([key, each]) => referenceProblems(each, whole, `${place}.${key}`))];
}

function resolves(reference: string, whole: object): boolean {
  let at: unknown = whole;
  for (const name of reference.split("/").slice(1)) {
    const plain = decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
    at = typeof at === "object" && at !== null ? Reflect.get(at, plain) : undefined;
  }
  return at !== undefined;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function tryOut(check: CheckJson): void {
  try {
    check({});
  } catch (error) {
    throw new SchemaError(`The schema cannot be used: ${messageOf(error)}`);
  }
}

/** Its references lead to the same places from where it stands now. */
function wrapped(schema: Schema): object {
  const inner = JSON.parse(JSON.stringify(withoutKey(withoutKey(schema, "$schema"), "$id")), (key, value: unknown) =>
    key === "$ref" && typeof value === "string" && /^#(?:\/|$)/u.test(value)
      ? `#/properties/${wrapper}${value.slice(1)}`
      : value,
  );
  return { type: "object", properties: { [wrapper]: inner }, required: [wrapper] };
}

function withoutKey(schema: object, key: string): object {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

function toJsonObject(value: object): JsonObject {
  const parsed = parseToolInput(JSON.stringify(value));
  if (parsed.kind === "invalid") throw new SchemaError(`The schema cannot be used. ${parsed.problem}`);
  return parsed.value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
