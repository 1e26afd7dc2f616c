import { join } from "node:path";
import * as z from "zod";
import { readPolicyText } from "../../policy/rules/repository-policy.ts";
import { documentDigest } from "../../tools/http/openapi/document-digest.ts";

/** In a folder of the workspace: a list of definitions, or an OpenAPI document. */
const offeredFile = join(".outcrop", "http-tools.json");
const seenKey = "outcrop.httpToolsOffered";

/** Of this workspace. */
export interface OfferMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface OfferedDocument {
  readonly folder: string;
  readonly name: string;
  readonly text: string;
}

/** What the open folders offer and the user was not told of, each version once. Only for trusted workspaces. */
export async function offeredTools(
  memory: OfferMemory,
  folders: readonly string[],
): Promise<readonly OfferedDocument[]> {
  const seen = z.array(z.string()).catch([]).parse(memory.get(seenKey));
  const found = await Promise.all(
    folders.map(async (folder) => {
      const name = join(folder, offeredFile);
      const text = await readPolicyText(name).catch(() => undefined);
      return text === undefined ? [] : [{ folder, name, text }];
    }),
  );
  const fresh = found.flat().filter(({ name, text }) => !seen.includes(documentDigest(`${name}\n${text}`)));
  if (fresh.length > 0) {
    await memory.update(
      seenKey,
      [...seen, ...fresh.map(({ name, text }) => documentDigest(`${name}\n${text}`))].slice(-50),
    );
  }
  return fresh;
}
