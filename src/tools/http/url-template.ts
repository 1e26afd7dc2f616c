import { ToolError } from "../../agent/tool.ts";

const parameter = /\{([^{}]*)\}/gu;
const dotSegment = /^(?:\.|%2e){1,2}$/iu;

/** The names in braces, each once. */
export function parametersOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(parameter)].map(([, name = ""]) => name))];
}

/** What is wrong with the address of a definition, as a sentence; undefined: nothing. */
export function templateProblem(template: string, properties: readonly string[]): string | undefined {
  if (!/^https?:\/\/[^/?#{}\s]+(?:[/?][^\s#]*)?$/u.test(template)) {
    return "The address is http or https, its host is written out, and it has no spaces and no #.";
  }
  const plain = template.replace(parameter, "x");
  if (/[{}]/u.test(plain)) return "A brace in the address is not closed, or stands alone.";
  if (!URL.canParse(plain)) return "The address is no URL.";
  const { username, password } = new URL(plain);
  if (username !== "" || password !== "") return "A name or a password does not belong into an address: use a header.";
  const unknown = parametersOf(template).find((name) => !properties.includes(name));
  return unknown === undefined ? undefined : `The input has no property ${JSON.stringify(unknown)} for the address.`;
}

/** Puts arguments into an address, each percent-encoded, so that none reaches beyond its place. Throws a `ToolError`. */
export function fillUrl(template: string, values: Readonly<Record<string, unknown>>): URL {
  const filled = template.replace(parameter, (_, name: string) => encodeURIComponent(textOf(name, values[name])));
  const [, path = ""] = /^https?:\/\/[^/?]+([^?]*)/u.exec(filled) ?? [];
  // A URL takes these segments for the way up.
  if (path.split("/").some((segment) => dotSegment.test(segment))) {
    throw new ToolError('"." and ".." cannot be a part of the address. Nothing was sent.', "E_SCHEMA");
  }
  return new URL(filled);
}

function textOf(name: string, value: unknown): string {
  const texts = Array.isArray(value) ? value : [value];
  const text = texts.map(plainText).join(",");
  if (text !== "" && texts.every((each) => plainText(each) !== "")) return text;
  const reason = "is a part of the address: it needs a text, a number or a list of them, not empty.";
  throw new ToolError(`${JSON.stringify(name)} ${reason} Nothing was sent.`, "E_SCHEMA");
}

function plainText(value: unknown): string {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
}
