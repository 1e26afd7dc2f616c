import { readFile } from "node:fs/promises";
import { type HttpToolDefinition, readHttpTools } from "../../tools/http/http-tool-definition.ts";
import { baseUrlOf, listOperations } from "../../tools/http/openapi/list-operations.ts";
import { DocumentError, isOpenApi, parseDocument, readDocument } from "../../tools/http/openapi/read-document.ts";

/** Whether a file holds definitions of HTTP tools, and no code. */
export function isDefinitionFile(file: string): boolean {
  return /\.(?:json|ya?ml)$/iu.test(file);
}

export interface ReadToolsFile {
  readonly definitions: readonly HttpToolDefinition[];
  readonly problems: readonly string[];
}

/** The tools of a file: a list of definitions, or every usable operation of an OpenAPI document. Throws `DocumentError`. */
export async function readToolsFile(file: string): Promise<ReadToolsFile> {
  const value = parseDocument(await readFile(file, "utf8"));
  if (!isOpenApi(value)) return readHttpTools(value);
  const document = await readDocument(value);
  const baseUrl = baseUrlOf(document);
  if (baseUrl === undefined) throw new DocumentError("The document names no server with a whole address.");
  const written: unknown[] = [];
  const problems: string[] = [];
  for (const operation of listOperations(document, baseUrl)) {
    if (operation.kind === "usable") written.push(operation.definition);
    else problems.push(`${operation.method} ${operation.path} ${operation.reason}: left out.`);
  }
  return { definitions: readHttpTools(written).definitions, problems };
}
