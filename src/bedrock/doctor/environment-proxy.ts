import type { ProxyChoice } from "./doctor-context.ts";

/** The proxy that the environment names for an address, by the usual variables in either case. */
export function environmentProxy(address: URL, environment: NodeJS.ProcessEnv): ProxyChoice | undefined {
  const names = address.protocol === "https:" ? ["HTTPS_PROXY", "ALL_PROXY"] : ["HTTP_PROXY", "ALL_PROXY"];
  const source = names.flatMap((name) => [name, name.toLowerCase()]).find((name) => environment[name]);
  const url = source === undefined ? undefined : environment[source];
  if (source === undefined || url === undefined || isExempt(address, environment)) return undefined;
  return { url, source };
}

function isExempt({ hostname, port }: URL, environment: NodeJS.ProcessEnv): boolean {
  const list = environment["NO_PROXY"] ?? environment["no_proxy"] ?? "";
  return list
    .split(/[\s,]+/u)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, host = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/u.exec(entry) ?? [];
      if (entry === "*") return true;
      if (only !== undefined && only !== port) return false;
      return hostname === host || hostname.endsWith(`.${host}`);
    });
}
