import { ToolError } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";

export type FindSecret = (name: string) => Promise<string | undefined>;

const reference = /\$\{secret:([\w.-]+)\}/gu;

/** The names of the secrets that these headers need. */
export function secretsOfHeaders(headers: Readonly<Record<string, string>> = {}): readonly string[] {
  const names = Object.values(headers).flatMap((value) => [...value.matchAll(reference)].map(([, name = ""]) => name));
  return [...new Set(names)];
}

/** The headers with their secrets in place, names in small letters. Throws a `ToolError` that names a secret that is not there. */
export async function resolveHeaders(
  tool: string,
  headers: Readonly<Record<string, string>>,
  findSecret: FindSecret,
): Promise<Readonly<Record<string, string>>> {
  const values = new Map<string, string>();
  for (const name of secretsOfHeaders(headers)) {
    const value = await findSecret(name);
    if (value === undefined) {
      const help = "The user sets it with Outcrop: Set Header Secret.";
      throw new ToolError(
        `The secret ${JSON.stringify(name)} that ${tool} needs is not set. Nothing was sent. ${help}`,
      );
    }
    values.set(name, value);
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      value.replace(reference, (_, secret: string) => values.get(secret) ?? ""),
    ]),
  );
}

/** For the approval: which headers are sent, never what is in them. */
export function describeHeaders(headers: Readonly<Record<string, string>> = {}): string {
  const names = Object.keys(headers);
  return names.length === 0 ? t("none of its own") : names.map((name) => `${name}: ••••`).join(", ");
}
