import type * as z from "zod";
import { type Violation, violation } from "./violation.ts";

type Issue = z.core.$ZodIssue;

/** Says what is wrong with the shape of a request in the words of Bedrock's request checks. */
export function shapeViolations(error: z.ZodError, input: unknown): readonly Violation[] {
  return error.issues.flatMap((issue) => describe(issue, input));
}

function describe(issue: Issue, input: unknown): readonly Violation[] {
  const path = issue.path.map(String).join(".");
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => malformed("extraneous-key", issue, `extraneous key [${key}] is not permitted`));
    case "invalid_type":
      return [
        value === undefined || value === null
          ? constraint("required", issue, "null", "Member must not be null")
          : malformed("wrong-type", issue, `expected type: ${typeName(issue.expected)}, found: ${typeOf(value)}`),
      ];
    case "invalid_value":
      return [
        value === undefined
          ? constraint("required", issue, "null", "Member must not be null")
          : constraint("enum", issue, shown(value), `Member must satisfy enum value set: [${issue.values.join(", ")}]`),
      ];
    case "too_small":
      return [
        constraint(
          "too-small",
          issue,
          shown(value),
          `Member must have ${bound(issue.origin, "greater", issue.minimum)}`,
        ),
      ];
    case "too_big":
      return [
        constraint("too-big", issue, shown(value), `Member must have ${bound(issue.origin, "less", issue.maximum)}`),
      ];
    case "invalid_format":
      return [
        constraint("pattern", issue, shown(value), `Member must satisfy regular expression pattern: ${pattern(issue)}`),
      ];
    case "invalid_union":
      return [malformed("wrong-type", issue, `expected type: String, found: ${typeOf(value)}`)];
    case "custom":
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
      return [violation("shape", path, `The value at ${path} is not valid: ${issue.message}.`)];
  }
}

function malformed(rule: string, issue: Issue, what: string): Violation {
  const pointer = ["#", ...issue.path.map(String)].join("/");
  const message = `Malformed input request: ${pointer}: ${what}, please reformat your input and try again.`;
  return violation(rule, issue.path.map(String).join("."), message);
}

/** The form of AWS's own model checks, which count list members from 1 and call each `member`. */
function constraint(rule: string, issue: Issue, value: string, demand: string): Violation {
  const steps = issue.path.map((step) => (typeof step === "number" ? `${step + 1}.member` : String(step)));
  const quoted = value === "null" ? "null" : `'${value}'`;
  const message = `1 validation error detected: Value ${quoted} at '${steps.join(".")}' failed to satisfy constraint: ${demand}`;
  return violation(rule, issue.path.map(String).join("."), message);
}

function bound(origin: string, direction: "greater" | "less", limit: number | bigint): string {
  return `${origin === "number" || origin === "int" ? "value" : "length"} ${direction} than or equal to ${limit}`;
}

function pattern(issue: Extract<Issue, { code: "invalid_format" }>): string {
  return (issue.pattern ?? issue.format).replace(/^\/\^?/u, "").replace(/\$?\/[a-z]*$/u, "");
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    object: "JSONObject",
    record: "JSONObject",
    array: "JSONArray",
    string: "String",
    number: "Number",
    int: "Integer",
    boolean: "Boolean",
  };
  return names[expected] ?? expected;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return "JSONArray";
  }
  return typeName(typeof value);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
}
