import { type BedrockSettings, isAwsEndpoint } from "../bedrock-settings.ts";
import { chooseProxy } from "./choose-proxy.ts";
import { resolveEndpoint } from "./resolve-endpoint.ts";
import { type TrustedAuthorities, trustedAuthorities } from "./trusted-authorities.ts";

/** The way of a request, as far as it is known before one is sent. */
export interface Route {
  /** Without path. */
  readonly endpoint: string;
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly isAws: boolean;
  /** `chosen`: outcrop.endpoint; `environment`: a variable or the profile (`AWS_ENDPOINT_URL…`); `region`: the region's own. */
  readonly from: "chosen" | "environment" | "region";
  /** `editor`: VS Code decides, by http.proxy, the environment and the system. Addresses are without user and password. */
  readonly proxy:
    | { readonly by: "editor" }
    | { readonly by: "own"; readonly address: string }
    | { readonly by: "none" };
  readonly bundle: TrustedAuthorities["bundle"];
}

/** Rejects with a `ModelError` of kind `configuration`, or as the SDK does where it finds no region. */
export async function describeRoute(
  settings: BedrockSettings,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Route> {
  const url = await resolveEndpoint(settings);
  const isTls = url.protocol === "https:";
  const port = Number(url.port || (isTls ? 443 : 80));
  const { bundle } = trustedAuthorities(settings.network?.caBundle, environment, settings.profile);
  return {
    endpoint: url.origin,
    host: url.hostname,
    port,
    isTls,
    isAws: isAwsEndpoint(url.origin),
    from: settings.endpoint !== undefined ? "chosen" : isAwsEndpoint(url.origin) ? "region" : "environment",
    proxy: proxyOf(settings, { protocol: isTls ? "https:" : "http:", host: url.hostname, port }, environment),
    bundle,
  };
}

function proxyOf(
  { network }: BedrockSettings,
  target: Parameters<typeof chooseProxy>[0],
  environment: NodeJS.ProcessEnv,
): Route["proxy"] {
  const proxy = network?.proxy ?? { by: "own" };
  if (proxy.by === "editor") return proxy;
  const url = chooseProxy(target, proxy, environment);
  return url === undefined ? { by: "none" } : { by: "own", address: url.origin };
}
