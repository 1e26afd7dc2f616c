import { $RefParser } from "@apidevtools/json-schema-ref-parser";
import { JSON_SCHEMA, load } from "js-yaml";
import * as z from "zod";

/** Characters of a document. */
const mostText = 5_000_000;
/** A small document can stand for a large one, by references or by YAML's anchors. */
const mostMilliseconds = 3_000;

const shape = z.looseObject({
  openapi: z.string().regex(/^3\.[01]\./u),
  paths: z.record(z.string(), z.unknown()).default({}),
});

export type OpenApiDocument = z.output<typeof shape>;

/** A document that is none, or that cannot be used as a whole; the message is for the user. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
}

/** JSON or YAML. Throws `DocumentError`. */
export function parseDocument(text: string): unknown {
  if (text.length > mostText) throw new DocumentError("The document is longer than 5 million characters.");
  try {
    return /^\s*[{[]/u.test(text) ? JSON.parse(text) : load(text, { schema: JSON_SCHEMA });
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new DocumentError(`The document is neither JSON nor YAML: ${line}`);
  }
}

export function isOpenApi(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("openapi" in value || "swagger" in value);
}

/**
 * An OpenAPI 3 document with its references within itself in place. References to other files and addresses stay what
 * they are: nothing is read or fetched. Throws `DocumentError`.
 */
export async function readDocument(value: unknown): Promise<OpenApiDocument> {
  const known = shape.safeParse(value);
  if (!known.success) throw new DocumentError("The document is not OpenAPI 3.0 or 3.1.");
  try {
    const resolved = await $RefParser.dereference(structuredClone(known.data), {
      resolve: { external: false, file: false, http: false },
      // What goes round is a ring of objects then, which the making of a schema out of it bounds.
      dereference: { circular: true },
      timeoutMs: mostMilliseconds,
    });
    return shape.parse(resolved);
  } catch (error) {
    throw new DocumentError(
      `A reference cannot be resolved: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
