import * as z from "zod";
import { templateProblem } from "./url-template.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

const defaultSeconds = 30;
const mostSeconds = 300;

/** The connection and the call itself decide on these. */
const ownHeaders: ReadonlySet<string> = new Set([
  ...["connection", "content-length", "expect", "host", "idempotency-key", "keep-alive", "proxy-authorization"],
  ...["proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
]);
/** What signs somebody in is kept where the editor keeps secrets, never in settings. */
const secretHeader = /^(?:authorization|cookie|.*(?:api-?key|access-?key|subscription-key|token|secret|password))$/iu;

const header = z
  .string()
  .regex(/^[ -~]+$/u, "A header's value is printable ASCII.")
  .regex(/^(?:(?!\$\{secret:)[\s\S]|\$\{secret:[\w.-]{1,64}\})*$/u, `A secret is named as \${secret:NAME}.`);

const headers = z
  .record(
    z.string().regex(/^[A-Za-z0-9!#$%&'*+.^`|~_-]+$/u, "A header's name has letters, digits and hyphens."),
    header,
  )
  .superRefine((values, context) => {
    for (const [name, value] of Object.entries(values)) {
      if (ownHeaders.has(name.toLowerCase())) context.addIssue(`The header ${name} is not yours to set.`);
      if (secretHeader.test(name) && !value.includes("${secret:")) {
        context.addIssue(`The header ${name} takes its value from a secret: \${secret:NAME}.`);
      }
    }
  });

/** JSON Schema: `type: "object"`, with properties. Nothing of it is fetched. */
const inputSchema = z.looseObject({
  type: z.literal("object"),
  properties: z.record(z.string(), z.union([z.looseObject({}), z.boolean()])).default({}),
  required: z.array(z.string()).optional(),
});

/** What a tool was made from, so that it can be found again. */
const source = z.strictObject({
  document: z.string(),
  /** Of the document's text, hexadecimal. */
  sha256: z.string(),
});

const definition = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/u, "A name has small letters, digits and underscores, 64 at most."),
    description: z.string().min(1).max(2_048),
    input: inputSchema.default({ type: "object", properties: {} }),
    method: z.enum(methods).default("GET"),
    /** `https://api.example.com/shipments/{id}`: arguments in braces, anywhere behind the host. */
    url: z.string(),
    /** Names of arguments that go into the query also where there is a body. */
    query: z.array(z.string()).optional(),
    /** The argument that is the whole body. */
    body: z.string().optional(),
    headers: headers.optional(),
    timeoutSeconds: z.number().min(0.1).max(mostSeconds).default(defaultSeconds),
    effect: z.enum(["read", "write"]).optional(),
    /** A read with the same arguments is answered from memory until the turn ends, or something is written. */
    cache: z.enum(["turn"]).optional(),
    source: source.optional(),
    /** Absolute path of a folder: the tool is there only where that folder is open. */
    onlyIn: z.string().optional(),
  })
  .superRefine(({ url, input, body, query = [] }, context) => {
    const problem = templateProblem(url, Object.keys(input.properties));
    if (problem !== undefined) context.addIssue({ code: "custom", path: ["url"], message: problem });
    for (const name of [...query, ...(body === undefined ? [] : [body]), ...(input.required ?? [])]) {
      if (!Object.hasOwn(input.properties, name))
        context.addIssue(`The input has no property ${JSON.stringify(name)}.`);
    }
  });

/** A tool that asks a server, as the user wrote it down. */
export type HttpToolDefinition = z.output<typeof definition>;
/** The same with what may be left out left out, as it is kept. */
export type WrittenDefinition = z.input<typeof definition>;

export function effectOf({ effect, method }: Pick<HttpToolDefinition, "effect" | "method">): "read" | "write" {
  return effect ?? (method === "GET" || method === "HEAD" ? "read" : "write");
}

export interface ReadDefinitions {
  readonly definitions: readonly HttpToolDefinition[];
  /** What is wrong with the others, a sentence or two each. */
  readonly problems: readonly string[];
}

/** Reads a list of definitions: each that is right holds, whatever the others are. */
export function readHttpTools(value: unknown): ReadDefinitions {
  if (value === undefined || value === null) return { definitions: [], problems: [] };
  if (!Array.isArray(value)) return { definitions: [], problems: ["HTTP tools are a list of definitions."] };
  const read = value.map((entry: unknown, index) => ({ index, entry, parsed: definition.safeParse(entry) }));
  return {
    definitions: read.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : [])),
    problems: read.flatMap(({ index, entry, parsed }) =>
      parsed.success ? [] : [`HTTP tool ${nameOf(entry) ?? `${index + 1}`}: ${z.prettifyError(parsed.error)}`],
    ),
  };
}

function nameOf(entry: unknown): string | undefined {
  const parsed = z.object({ name: z.string().max(100) }).safeParse(entry);
  return parsed.success ? JSON.stringify(parsed.data.name) : undefined;
}
