import { type Schema, Validator } from "@cfworker/json-schema";

/** What is wrong with a value, each line `place: error`; empty where it is valid. */
export type CheckJson = (value: unknown) => readonly string[];

/** Keywords whose errors only say that something below them is wrong. */
const telling = new Set(["properties", "items", "$ref", "allOf"]);

/** By the draft that the schema's `$schema` names, 2020-12 where it names none. `root` is what the value itself is called. */
export function createCheckJson(schema: Schema | boolean, root: string): CheckJson {
  const validator = new Validator(schema, draftOf(schema), false);
  return (value) => {
    const { valid, errors } = validator.validate(value);
    if (valid) return [];
    const told = errors.filter(({ keyword }) => !telling.has(keyword));
    const lines = (told.length === 0 ? errors : told).map(
      ({ instanceLocation, error }) => `${placeOf(instanceLocation, root)}: ${error}`,
    );
    return [...new Set(lines)];
  };
}

/** Lines of a list, as many as are read. */
export function listProblems(problems: readonly string[], most = 10): string {
  const more = problems.length > most ? [`… and ${problems.length - most} more.`] : [];
  return [...problems.slice(0, most).map((line) => `- ${line}`), ...more].join("\n");
}

function draftOf(schema: Schema | boolean): "4" | "7" | "2019-09" | "2020-12" {
  const named: unknown = typeof schema === "boolean" ? undefined : schema.$schema;
  if (typeof named !== "string") return "2020-12";
  for (const draft of ["4", "7"] as const) if (named.includes(`draft-0${draft}`)) return draft;
  return named.includes("2019-09") ? "2019-09" : "2020-12";
}

/** `#/pickup/date` is pickup.date. */
function placeOf(pointer: string, root: string): string {
  const names = pointer.split("/").slice(1);
  return names.length === 0 ? root : names.map((each) => each.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");
}
