import { createCheckJson, listProblems } from "../../agent/json-schema/check-json.ts";
import { ToolError } from "../../agent/tool.ts";
import { isObject } from "../../protocol/is-object.ts";
import type { Arguments } from "./build-request.ts";
import type { HttpToolDefinition } from "./http-tool-definition.ts";
import { parametersOf } from "./url-template.ts";

/** Checks arguments before anything is sent. Throws a `ToolError` that says what is wrong where. */
export type CheckInput = (input: unknown) => Arguments;

export function createCheckInput({ name, input, url }: HttpToolDefinition): CheckInput {
  // What the address needs is needed, whether the schema says so or not.
  const required = [...new Set([...(input.required ?? []), ...parametersOf(url)])];
  const check = createCheckJson({ ...input, required }, "input");
  return (given) => {
    if (!isObject(given)) throw new ToolError(`The input of ${name} is an object. Nothing was sent.`, "E_SCHEMA");
    const problems = check(given);
    if (problems.length === 0) return given;
    throw new ToolError(`The input of ${name} is not valid. Nothing was sent.\n${listProblems(problems)}`, "E_SCHEMA");
  };
}
