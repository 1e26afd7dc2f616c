import { type ClientRequest, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Agent, type AgentConnectOpts } from "agent-base";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import type { Target } from "./choose-proxy.ts";

const pool = { keepAlive: true, maxSockets: 50 } as const;

export interface RoutingOptions {
  readonly protocol: Target["protocol"];
  readonly proxyOf: (target: Target) => URL | undefined;
  /** Certificate authorities, of the endpoint and of a proxy that speaks TLS; undefined: Node's own. */
  readonly ca: readonly string[] | undefined;
}

/**
 * Connects each request directly or through its proxy, and keeps the connections of each way. The agents behind it are
 * those that VS Code itself goes through proxies with.
 */
export class RoutingAgent extends Agent {
  readonly #options: RoutingOptions;
  readonly #direct: HttpAgent;
  readonly #proxied = new Map<string, HttpAgent>();

  constructor(options: RoutingOptions) {
    // Its options reach the TLS connection inside a tunnel; those of the agent behind it reach the proxy's own.
    super(poolOf(options));
    this.#options = options;
    this.#direct = options.protocol === "https:" ? new HttpsAgent(poolOf(options)) : new HttpAgent(pool);
  }

  /** Not by the caller's stack, as the base class tells it: a request that waited for a connection has none. */
  override isSecureEndpoint(): boolean {
    return this.#options.protocol === "https:";
  }

  override connect(_request: ClientRequest, { host = "localhost", port }: AgentConnectOpts): HttpAgent {
    const { protocol, proxyOf } = this.#options;
    const proxy = proxyOf({ protocol, host, port: Number(port) });
    return proxy === undefined ? this.#direct : this.#through(proxy);
  }

  override destroy(): void {
    for (const agent of [this.#direct, ...this.#proxied.values()]) agent.destroy();
    super.destroy();
  }

  #through(proxy: URL): HttpAgent {
    const known = this.#proxied.get(proxy.href);
    if (known !== undefined) return known;
    const settings = poolOf(this.#options);
    // HttpProxyAgent writes a request's head anew, with address and sign-in, only for a connection that it opens itself.
    const agent =
      this.#options.protocol === "https:"
        ? new HttpsProxyAgent(proxy, settings)
        : new HttpProxyAgent(proxy, { ...settings, keepAlive: false });
    this.#proxied.set(proxy.href, agent);
    return agent;
  }
}

function poolOf({ ca }: RoutingOptions) {
  return ca === undefined ? pool : { ...pool, ca: [...ca] };
}
