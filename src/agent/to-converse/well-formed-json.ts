import type { ToolUseBlock } from "@aws-sdk/client-bedrock-runtime";
import { wellFormed } from "../well-formed.ts";

/** A JSON value as Converse has it in tool inputs and results. */
export type Json = Exclude<ToolUseBlock["input"], undefined>;

/** The same value without half characters, in keys and in texts. */
export function wellFormedJson(value: Json): Json {
  if (typeof value === "string") return wellFormed(value);
  if (Array.isArray(value)) return value.map((item) => wellFormedJson(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [wellFormed(key), wellFormedJson(item)]));
}

/** A tool's input is always an object: whatever else a model or a file made of it becomes an empty one. */
export function toInputObject(input: Json | undefined): Json {
  return typeof input === "object" && input !== null && !Array.isArray(input) ? wellFormedJson(input) : {};
}
