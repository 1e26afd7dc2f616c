import * as z from "zod";
import { plainSchema, SchemaError } from "./plain-schema.ts";

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["path", "query", "header", "cookie"]),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: z.unknown().optional(),
  style: z.string().optional(),
  explode: z.boolean().optional(),
});
export type Parameter = z.output<typeof parameter>;

const parameters = z.array(parameter).default([]);
const requestBody = z.looseObject({
  required: z.boolean().default(false),
  description: z.string().optional(),
  content: z.record(z.string(), z.looseObject({ schema: z.unknown().optional() })),
});

/** The whole input of an operation, and which of it goes where. */
export interface OperationInput {
  readonly input: {
    readonly type: "object";
    readonly properties: Record<string, Record<string, unknown>>;
    readonly required?: string[];
    readonly additionalProperties: boolean;
  };
  readonly query: readonly string[];
  /** The argument that is the whole body. */
  readonly body?: string;
}

/** Those of the path, where the operation has none of the same name and place. */
export function parametersOf(ofPath: unknown, ofOperation: unknown): readonly Parameter[] {
  const own = parse(parameters, ofOperation ?? [], "a parameter");
  const isOverridden = ({ name, in: place }: Parameter): boolean =>
    own.some((each) => each.name === name && each.in === place);
  return [...parse(parameters, ofPath ?? [], "a parameter").filter((each) => !isOverridden(each)), ...own];
}

/** Throws `SchemaError` for what an HTTP tool cannot send. */
export function operationInput(all: readonly Parameter[], body: unknown): OperationInput {
  const own = all.filter(({ in: place, name }) => place === "path" || place === "query" || isNeeded(place, name, all));
  for (const each of own) refuseStyle(each);
  const properties = Object.fromEntries(own.map((each) => [each.name, withDescription(each)]));
  if (Object.keys(properties).length < own.length) throw new SchemaError("has two parameters of one name");
  const required = own.flatMap(({ name, required: is, in: place }) => (is || place === "path" ? [name] : []));
  const query = own.flatMap(({ name, in: place }) => (place === "query" ? [name] : []));
  const sent = body === undefined ? undefined : bodySchema(body);
  if (sent === undefined) return { input: toInput(properties, required, false), query };
  const inner = z
    .object({
      type: z.literal("object"),
      properties: z.record(z.string(), z.record(z.string(), z.unknown())),
      required: z.array(z.string()).default([]),
    })
    .safeParse(sent.schema);
  const isFlat =
    inner.success &&
    sent.isPlain &&
    !Object.keys(inner.data.properties).some((name) => Object.hasOwn(properties, name));
  if (inner.success && isFlat) {
    const needed = sent.required ? inner.data.required : [];
    const more = sent.schema["additionalProperties"] !== false && sent.schema["additionalProperties"] !== undefined;
    return { input: toInput({ ...properties, ...inner.data.properties }, [...required, ...needed], more), query };
  }
  const name = Object.hasOwn(properties, "body") ? "request_body" : "body";
  const whole = { ...properties, [name]: sent.schema };
  return { input: toInput(whole, [...required, ...(sent.required ? [name] : [])], false), query, body: name };
}

/** Headers and cookies are no arguments: one that is needed has to be written into the definition. */
function isNeeded(place: string, name: string, all: readonly Parameter[]): boolean {
  const isKey = name.toLowerCase() === "idempotency-key";
  const needed = all.some((each) => each.name === name && each.in === place && each.required) && !isKey;
  const isOwn = ["accept", "content-type", "authorization"].includes(name.toLowerCase());
  if (needed && !isOwn) throw new SchemaError(`needs the ${place} ${JSON.stringify(name)}`);
  return false;
}

/** Left out, a list in the query is its name again and again, which is what is sent. */
function refuseStyle({ name, in: place, style, explode, schema }: Parameter): void {
  const usual = place === "path" ? "simple" : "form";
  const isList = z.looseObject({ type: z.literal("array") }).safeParse(schema).success;
  const isJoined = place === "query" && isList && explode === false;
  if ((style ?? usual) !== usual || isJoined || schema === undefined) {
    throw new SchemaError(`has a way of its own to send ${JSON.stringify(name)}`);
  }
}

function withDescription({ description, schema }: Parameter): Record<string, unknown> {
  return { ...(description !== undefined && { description }), ...plainSchema(schema) };
}

function bodySchema(body: unknown) {
  const { content, required } = parse(requestBody, body, "a request body");
  const json = Object.entries(content).find(([type]) => /^application\/(?:[\w.-]+\+)?json\b/iu.test(type));
  if (json === undefined) throw new SchemaError(`takes ${Object.keys(content).join(", ") || "no JSON"}, not JSON`);
  const schema = plainSchema(json[1].schema ?? {});
  const combined = ["anyOf", "oneOf", "allOf", "not"].some((key) => key in schema);
  return { schema: { ...schema }, required, isPlain: !combined };
}

function toInput(
  properties: Record<string, Record<string, unknown>>,
  required: readonly string[],
  additionalProperties: boolean,
): OperationInput["input"] {
  return { type: "object", properties, ...(required.length > 0 && { required: [...required] }), additionalProperties };
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown, what: string): Output {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SchemaError(`has ${what} that cannot be read`);
  return parsed.data;
}
