import { type Schema, Validator } from "@cfworker/json-schema";
import { ToolError } from "../../agent/tool.ts";
import type { Arguments } from "./build-request.ts";
import type { HttpToolDefinition } from "./http-tool-definition.ts";
import { parametersOf } from "./url-template.ts";

const mostProblems = 10;

/** Checks arguments before anything is sent. Throws a `ToolError` that says what is wrong where. */
export type CheckInput = (input: unknown) => Arguments;

export function createCheckInput({ name, input, url }: HttpToolDefinition): CheckInput {
  // What the address needs is needed, whether the schema says so or not.
  const required = [...new Set([...(input.required ?? []), ...parametersOf(url)])];
  const schema: Schema = { ...input, required };
  const validator = new Validator(schema, draftOf(input["$schema"]), false);
  return (given) => {
    if (!isObject(given)) throw new ToolError(`The input of ${name} is an object. Nothing was sent.`, "E_SCHEMA");
    const { valid, errors } = validator.validate(given);
    if (valid) return given;
    // Those that only say that something below them is wrong come first and tell nothing.
    const told = errors.filter(({ keyword }) => !["properties", "items", "$ref", "allOf"].includes(keyword));
    const lines = [...new Set(told.map(({ instanceLocation, error }) => `- ${placeOf(instanceLocation)}: ${error}`))];
    const more = lines.length > mostProblems ? [`… and ${lines.length - mostProblems} more.`] : [];
    const list = [...lines.slice(0, mostProblems), ...more].join("\n");
    throw new ToolError(`The input of ${name} is not valid. Nothing was sent.\n${list}`, "E_SCHEMA");
  };
}

function draftOf(schema: unknown): "4" | "7" | "2019-09" | "2020-12" {
  if (typeof schema !== "string") return "2020-12";
  for (const draft of ["4", "7"] as const) if (schema.includes(`draft-0${draft}`)) return draft;
  return schema.includes("2019-09") ? "2019-09" : "2020-12";
}

/** `#/pickup/date` is pickup.date. */
function placeOf(pointer: string): string {
  const names = pointer.split("/").slice(1);
  return names.length === 0 ? "input" : names.map((each) => each.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");
}

function isObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
