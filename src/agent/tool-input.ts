import type { ToolUseBlock } from "@aws-sdk/client-bedrock-runtime";
import { wellFormed } from "./well-formed.ts";

/** A JSON object as the SDK types it. */
export type JsonObject = Extract<NonNullable<ToolUseBlock["input"]>, { [key: string]: unknown }>;

/** The input of a `toolUse` block after its last fragment. */
export type ToolInput =
  | { readonly kind: "object"; readonly value: JsonObject }
  /** Not to be executed; `problem` is for the model. */
  | { readonly kind: "invalid"; readonly json: string; readonly problem: string };

/** Parses the joined fragments, once. A tool without parameters streams no fragment, or one that is empty. */
export function parseToolInput(json: string): ToolInput {
  if (json.trim() === "") return { kind: "object", value: {} };
  const excess = excessOf(json);
  if (excess !== undefined) return { kind: "invalid", json: json.slice(0, shownOfExcess), problem: excess };
  let value: unknown;
  try {
    value = JSON.parse(json, (_key, member: unknown) => (typeof member === "string" ? wellFormed(member) : member));
  } catch (error) {
    const problem = `The input is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: "invalid", json, problem };
  }
  if (!isObject(value)) return { kind: "invalid", json, problem: "The input must be a JSON object." };
  return { kind: "object", value };
}

const mostCharacters = 4_000_000;
/** No tool takes input of more than a few levels, and whatever looks through it calls itself for each. */
const mostLevels = 100;
const shownOfExcess = 2_000;

function excessOf(json: string): string | undefined {
  if (json.length > mostCharacters)
    return `The input is longer than ${mostCharacters.toLocaleString("en")} characters.`;
  return levelsOf(json) > mostLevels ? `The input is nested more than ${mostLevels} levels deep.` : undefined;
}

/** The deepest level of brackets outside strings. */
function levelsOf(json: string): number {
  let [deepest, level, inString] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const letter = json[at];
    if (letter === '"') inString = !inString;
    else if (inString) at += letter === "\\" ? 1 : 0;
    else if (letter === "[" || letter === "{") deepest = Math.max(deepest, ++level);
    else if (letter === "]" || letter === "}") level--;
  }
  return deepest;
}

/** `JSON.parse` makes nothing but documents, so an object of its making is one. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
