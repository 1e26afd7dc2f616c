import * as z from "zod";
import { readHttpTools, type WrittenDefinition } from "../http-tool-definition.ts";
import { operationInput, parametersOf } from "./operation-input.ts";
import { SchemaError } from "./plain-schema.ts";
import type { OpenApiDocument } from "./read-document.ts";
import { securityHeaders } from "./security-headers.ts";

const verbs = ["get", "head", "post", "put", "patch", "delete"] as const;
const methodOf = { get: "GET", head: "HEAD", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE" } as const;
const record = z.record(z.string(), z.unknown());
const longestDescription = 1_024;

/** One operation of a document: as a definition, or why it cannot be one, as the end of a sentence. */
export type Operation = { readonly method: string; readonly path: string; readonly summary: string } & (
  | { readonly kind: "usable"; readonly definition: WrittenDefinition }
  | { readonly kind: "unusable"; readonly reason: string }
);

const operationSchema = z.looseObject({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  /** Our own: how long an answer may take. */
  "x-outcrop-timeout-seconds": z.number().optional(),
});
const serverSchema = z.looseObject({
  url: z.string(),
  variables: z.record(z.string(), z.looseObject({ default: z.string() })).default({}),
});
const components = z.looseObject({ securitySchemes: z.unknown().optional() }).catch({});

/** The address that a document says its server has, its variables at their defaults; undefined where it has none of its own. */
export function baseUrlOf(document: Readonly<Record<string, unknown>>): string | undefined {
  const [server] = z.array(serverSchema).catch([]).parse(document["servers"]);
  const url = server?.url.replace(/\{([^{}]*)\}/gu, (_, name: string) => server.variables[name]?.default ?? "");
  return url !== undefined && /^https?:\/\//iu.test(url) && URL.canParse(url) ? url.replace(/\/+$/u, "") : undefined;
}

/** Every operation of a document, in its order. */
export function listOperations(document: OpenApiDocument, baseUrl: string): readonly Operation[] {
  const taken = new Set<string>();
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const ofPath = record.catch({}).parse(item);
    return verbs.flatMap((verb) =>
      ofPath[verb] === undefined ? [] : [toOperation({ document, baseUrl, path, verb, ofPath, taken })],
    );
  });
}

interface Place {
  readonly document: OpenApiDocument;
  readonly baseUrl: string;
  readonly path: string;
  readonly verb: (typeof verbs)[number];
  readonly ofPath: Readonly<Record<string, unknown>>;
  readonly taken: Set<string>;
}

function toOperation(place: Place): Operation {
  const { path, verb, ofPath } = place;
  const operation = operationSchema.catch({}).parse(ofPath[verb]);
  const summary = operation.summary ?? operation.description?.split("\n")[0] ?? "";
  const shown = { method: verb.toUpperCase(), path, summary };
  try {
    const definition = toDefinition(place, operation);
    const [problem] = readHttpTools([definition]).problems;
    if (problem === undefined) return { kind: "usable", ...shown, definition };
    return { kind: "unusable", ...shown, reason: `cannot be a tool: ${problem}` };
  } catch (error) {
    if (error instanceof SchemaError) return { kind: "unusable", ...shown, reason: error.message };
    throw error;
  }
}

function toDefinition(
  { document, baseUrl, path, verb, ofPath, taken }: Place,
  operation: z.output<typeof operationSchema>,
): WrittenDefinition {
  const { operationId = `${verb} ${path}`, summary, description, "x-outcrop-timeout-seconds": seconds } = operation;
  const all = parametersOf(ofPath["parameters"], operation["parameters"]);
  const { input, query, body } = operationInput(all, operation["requestBody"]);
  const { securitySchemes } = components.parse(document["components"]);
  const headers = securityHeaders(operation["security"] ?? document["security"], securitySchemes);
  const told = [summary, description].filter(Boolean).join("\n") || `${verb.toUpperCase()} ${path}`;
  return {
    name: freeName(toolName(operationId), taken),
    description: told.slice(0, longestDescription),
    input,
    method: methodOf[verb],
    url: `${baseUrl}${path}`,
    ...(query.length > 0 && { query: [...query] }),
    ...(body !== undefined && { body }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(seconds !== undefined && { timeoutSeconds: seconds }),
  };
}

/** `getShipmentStatus` and `GET /shipments/{id}` as names of tools: get_shipment_status, get_shipments_id. */
function toolName(text: string): string {
  const words = text
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/gu, "_")
    .replaceAll(/^_+|_+$/gu, "");
  return (/^[a-z]/u.test(words) ? words : `call_${words}`).slice(0, 60);
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
