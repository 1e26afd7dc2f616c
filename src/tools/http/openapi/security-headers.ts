import * as z from "zod";
import { SchemaError } from "./plain-schema.ts";

const requirements = z.array(z.record(z.string(), z.unknown()));
const scheme = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("apiKey"), name: z.string(), in: z.string() }),
  z.looseObject({ type: z.literal("http"), scheme: z.string() }),
  z.looseObject({ type: z.literal("oauth2") }),
  z.looseObject({ type: z.literal("openIdConnect") }),
  z.looseObject({ type: z.literal("mutualTLS") }),
]);
const schemes = z.record(z.string(), z.unknown());

/** The headers that sign a request in, each made of a secret that is named after its scheme. Throws `SchemaError`. */
export function securityHeaders(security: unknown, known: unknown): Readonly<Record<string, string>> {
  const ways = requirements.catch([]).parse(security ?? []);
  if (ways.length === 0 || ways.some((way) => Object.keys(way).length === 0)) return {};
  const all = schemes.catch({}).parse(known);
  let problem: unknown;
  for (const way of ways) {
    try {
      return Object.fromEntries(Object.keys(way).map((name) => headerFor(name, all[name])));
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}

function headerFor(name: string, given: unknown): readonly [string, string] {
  const secret = `\${secret:${name.replaceAll(/[^\w.-]/gu, "_").slice(0, 64)}}`;
  const parsed = scheme.safeParse(given);
  if (!parsed.success)
    throw new SchemaError(`is signed in to by ${JSON.stringify(name)}, which the document does not explain`);
  const { data } = parsed;
  if (data.type === "apiKey" && data.in === "header") return [data.name, secret];
  if (data.type === "http" && data.scheme.toLowerCase() === "basic") return ["Authorization", `Basic ${secret}`];
  // The token of OAuth is the user's to bring: nobody is signed in here.
  if (data.type === "http" || data.type === "oauth2" || data.type === "openIdConnect") {
    return ["Authorization", `Bearer ${secret}`];
  }
  throw new SchemaError(`is signed in to by ${JSON.stringify(name)}, which is no header`);
}
