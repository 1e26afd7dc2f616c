import { t } from "../../protocol/localize.ts";
import { configurationError } from "../configuration-error.ts";

/** How a header's value names a secret that is kept elsewhere. */
const reference = /\$\{secret:([^}]*)\}/gu;

/** Letters, digits, dot, hyphen and underscore, so that the name can be read in a setting. */
export const secretNamePattern = /^[\w.-]{1,64}$/u;

/** The names of the secrets that these headers need, as the setting has them. */
export function secretNames(headers: unknown): readonly string[] {
  if (typeof headers !== "object" || headers === null) return [];
  const texts = Object.values(headers).filter((value) => typeof value === "string");
  return [...new Set(texts.flatMap((text) => [...text.matchAll(reference)].map(([, name = ""]) => name)))];
}

/**
 * The headers with their secrets in place; what is no text stays as it is, for the check that comes after. Rejects with a `ModelError`
 * of kind `configuration` that names the secret that is not there.
 */
export async function resolveHeaderSecrets(
  headers: unknown,
  find: (name: string) => Promise<string | undefined>,
): Promise<unknown> {
  const names = secretNames(headers);
  if (names.length === 0 || typeof headers !== "object" || headers === null) return headers;
  const values = new Map<string, string>();
  for (const name of names) {
    const value = secretNamePattern.test(name) ? await find(name) : undefined;
    if (value === undefined) throw missing(name);
    values.set(name, value);
  }
  return Object.fromEntries(
    Object.entries(headers).map(([header, value]) => [
      header,
      typeof value === "string" ? value.replace(reference, (_, name: string) => values.get(name) ?? "") : value,
    ]),
  );
}

function missing(name: string): Error {
  return configurationError(
    t(
      "The secret {0} that outcrop.requestHeaders names is not set: run Outcrop: Set Header Secret.",
      JSON.stringify(name),
    ),
    ["open-settings"],
  );
}
