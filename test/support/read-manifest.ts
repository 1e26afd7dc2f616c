import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/paths.mjs";

/** The extension's manifest in English: each `%name%` is what package.nls.json says. */
export function readManifest(): unknown {
  const read = (name: string): string => readFileSync(join(repositoryRoot, name), "utf8");
  const texts: Readonly<Record<string, unknown>> = JSON.parse(read("package.nls.json"));
  return JSON.parse(read("package.json"), (_, value: unknown) => {
    const name = typeof value === "string" ? /^%([^%]+)%$/u.exec(value)?.[1] : undefined;
    return name === undefined ? value : texts[name];
  });
}
