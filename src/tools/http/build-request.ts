import type { HttpToolDefinition } from "./http-tool-definition.ts";
import { fillUrl, parametersOf } from "./url-template.ts";

export type Arguments = Readonly<Record<string, unknown>>;

export interface BuiltRequest {
  readonly url: string;
  /** JSON. */
  readonly body?: string;
}

/**
 * Where each argument goes: those that the address names into it; the rest into the query, or, where the method has a
 * body, into that as JSON. Throws a `ToolError` where an argument does not fit its place.
 */
export function buildRequest(definition: HttpToolDefinition, values: Arguments): BuiltRequest {
  const { url: template, method, body: whole, query = [], input } = definition;
  const url = fillUrl(template, values);
  const inAddress = new Set(parametersOf(template));
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH" || whole !== undefined;
  const isInQuery = (name: string): boolean =>
    !inAddress.has(name) && name !== whole && (!hasBody || whole !== undefined || query.includes(name));
  for (const [name, value] of Object.entries(values)) if (isInQuery(name)) append(url, name, value);
  if (!hasBody) return { url: url.href };
  if (whole !== undefined) {
    return { url: url.href, ...(values[whole] !== undefined && { body: JSON.stringify(values[whole]) }) };
  }
  const isInBody = (name: string): boolean => !inAddress.has(name) && !query.includes(name);
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => isInBody(name)));
  const takesBody = Object.keys({ ...input.properties, ...rest }).some(isInBody);
  return { url: url.href, ...(takesBody && { body: JSON.stringify(rest) }) };
}

/** A list is the same name again and again; what is no plain value goes as JSON. */
function append(url: URL, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  for (const each of Array.isArray(value) ? value : [value]) {
    url.searchParams.append(name, typeof each === "object" ? JSON.stringify(each) : String(each));
  }
}
