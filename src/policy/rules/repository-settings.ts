import { join } from "node:path";
import * as z from "zod";
import { t } from "../../protocol/localize.ts";
import { readPolicyText } from "./repository-policy.ts";

const settings = z.record(z.string(), z.unknown());

/**
 * What a repository tries to set of Outcrop, as a sentence for the user; undefined for nothing. The editor ignores it, as
 * every setting of Outcrop belongs to the application or the machine: package.json, `scope`.
 */
export async function describeRepositorySettings(folder: string): Promise<string | undefined> {
  const text = await readPolicyText(join(folder, ".vscode", "settings.json")).catch(() => undefined);
  if (text === undefined) return undefined;
  const { parse } = await import("jsonc-parser");
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  const names = Object.keys(settings.catch({}).parse(value)).filter((name) => name.startsWith("outcrop."));
  if (names.length === 0) return undefined;
  return t(
    "This repository's .vscode/settings.json sets {0}. That has no effect: your own settings hold.",
    names.join(", "),
  );
}
