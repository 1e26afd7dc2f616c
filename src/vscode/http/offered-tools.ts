import { join } from "node:path";
import * as z from "zod";
import { readPolicyText } from "../../policy/rules/repository-policy.ts";
import { documentDigest } from "../../tools/http/openapi/document-digest.ts";

/** In a folder of the workspace: a list of definitions, or an OpenAPI document. */
const offeredFiles = ["http-tools.json", "openapi.json", "openapi.yaml", "openapi.yml"].map((name) =>
  join(".outcrop", name),
);
/** What stands there for the setting counts for nothing: it is of scope `machine`. */
const settingsFile = join(".vscode", "settings.json");
const settingKey = "outcrop.httpTools";
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
    folders.flatMap((folder) => [
      ...offeredFiles.map((name) => readOffered(folder, name, async (text) => text)),
      readOffered(folder, settingsFile, definitionsIn),
    ]),
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

async function readOffered(
  folder: string,
  file: string,
  pick: (text: string) => Promise<string | undefined>,
): Promise<readonly OfferedDocument[]> {
  const name = join(folder, file);
  const read = await readPolicyText(name).catch(() => undefined);
  const text = read === undefined ? undefined : await pick(read);
  return text === undefined ? [] : [{ folder, name, text }];
}

/** The setting in a settings.json, as JSON. */
async function definitionsIn(text: string): Promise<string | undefined> {
  if (!text.includes(settingKey)) return undefined;
  const { parse } = await import("jsonc-parser");
  const settings: unknown = parse(text, [], { allowTrailingComma: true });
  const parsed = z.object({ [settingKey]: z.array(z.unknown()).min(1) }).safeParse(settings);
  return parsed.success ? JSON.stringify(parsed.data[settingKey]) : undefined;
}
