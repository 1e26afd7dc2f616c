import { t } from "../../protocol/localize.ts";
import { configurationError } from "../configuration-error.ts";
import type { ProxySettings } from "./network-settings.ts";

/** Where a request goes. */
export interface Target {
  readonly protocol: "http:" | "https:";
  readonly host: string;
  readonly port: number;
}

/**
 * The proxy that a request of ours goes through, if any: that of the settings, else the environment's by the names that
 * the `aws` command line and curl know. Hosts of this machine are always asked directly, as VS Code does it. Throws a
 * `ModelError` of kind `configuration` where the address is none.
 */
export function chooseProxy(
  target: Target,
  { url, exceptions = [] }: Extract<ProxySettings, { by: "own" }>,
  environment: NodeJS.ProcessEnv,
): URL | undefined {
  const chosen = url ?? fromEnvironment(target.protocol, environment);
  if (chosen === undefined || isOwnMachine(target.host)) return undefined;
  const listed = exceptions.length > 0 ? exceptions : noProxy(environment);
  return listed.some((entry) => matches(entry, target)) ? undefined : proxyUrl(chosen);
}

/** Whether any request could go through a proxy of ours. */
export function knowsProxy({ url }: Extract<ProxySettings, { by: "own" }>, environment: NodeJS.ProcessEnv): boolean {
  if (url !== undefined) return true;
  return (["http:", "https:"] as const).some((protocol) => fromEnvironment(protocol, environment) !== undefined);
}

function fromEnvironment(protocol: Target["protocol"], environment: NodeJS.ProcessEnv): string | undefined {
  const names = protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"];
  return [...names, "all_proxy", "ALL_PROXY"].map((name) => environment[name]?.trim()).find(Boolean);
}

function noProxy(environment: NodeJS.ProcessEnv): readonly string[] {
  return (environment["no_proxy"] || environment["NO_PROXY"] || "").split(/[\s,]+/u).filter((entry) => entry !== "");
}

/** `host`, `.domain`, `*.domain` and `*`, each with a port where it is meant for that one only. */
function matches(entry: string, { host, port }: Target): boolean {
  const [, name = "", only] = /^(.*?)(?::(\d+))?$/u.exec(entry.trim().toLowerCase()) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  if (name === "*") return true;
  const domain = name.replace(/^\*?\./u, "");
  const asked = host.toLowerCase();
  return domain !== "" && (asked === domain || asked.endsWith(`.${domain}`));
}

function isOwnMachine(host: string): boolean {
  return ["localhost", "127.0.0.1", "::1", "[::1]"].includes(host.toLowerCase());
}

function proxyUrl(text: string): URL {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url !== undefined && ["http:", "https:"].includes(url.protocol)) return url;
  throw configurationError(
    t("The proxy's address is not an http or https URL: check http.proxy in the settings, HTTPS_PROXY and HTTP_PROXY."),
    ["open-settings"],
  );
}
