import { chooseProxy, knowsProxy, type Target } from "./choose-proxy.ts";
import type { NetworkSettings } from "./network-settings.ts";
import { RoutingAgent } from "./routing-agent.ts";
import { trustedAuthorities } from "./trusted-authorities.ts";

/** What connects requests. Left out: Node's own, which the editor sends through its proxy. */
export interface RequestAgents {
  readonly httpAgent?: RoutingAgent;
  /** The authorities alone: for an agent of Node's own. */
  readonly httpsAgent?: RoutingAgent | { readonly ca: string[] };
}

/** The proxy and the certificate authorities of the user's. Throws a `ModelError` of kind `configuration`. */
export function requestAgents(
  network: NetworkSettings,
  environment: NodeJS.ProcessEnv,
  profile?: string,
): RequestAgents {
  const { ca } = trustedAuthorities(network.caBundle, environment, profile);
  const { proxy = { by: "own" } } = network;
  // VS Code takes the authorities out of an agent of Node's own, and leaves them out of any other.
  if (proxy.by === "editor" || !knowsProxy(proxy, environment)) {
    return ca === undefined ? {} : { httpsAgent: { ca: [...ca] } };
  }
  const proxyOf = (target: Target): URL | undefined => chooseProxy(target, proxy, environment);
  return {
    httpAgent: new RoutingAgent({ protocol: "http:", proxyOf, ca }),
    httpsAgent: new RoutingAgent({ protocol: "https:", proxyOf, ca }),
  };
}
