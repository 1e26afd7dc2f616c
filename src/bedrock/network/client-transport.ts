import { NodeHttpHandler } from "@smithy/node-http-handler";
import { t } from "../../protocol/localize.ts";
import { configurationError } from "../configuration-error.ts";
import type { NetworkSettings } from "./network-settings.ts";
import { requestAgents } from "./request-agents.ts";

/** What decides on the way of one client's requests. */
export interface Way {
  /** Base URL where the requests do not go to the region's own endpoint. */
  readonly endpoint?: string | undefined;
  readonly network?: NetworkSettings | undefined;
  /** The profile that was chosen, whose `ca_bundle` counts. */
  readonly profile?: string | undefined;
  /** Longest silence of a socket, in milliseconds. */
  readonly socketTimeout?: number;
}

/** The part of an AWS client's configuration that says how its requests travel. */
export interface ClientTransport {
  readonly requestHandler: NodeHttpHandler;
  readonly endpoint?: string;
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
}

const usualSilence = 60_000;
/** The handler's own warnings would go to the console of the extension host. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * The one place that decides how the requests of an AWS client travel: Bedrock's runtime and control plane, STS, SSO. All of them
 * speak HTTP/1.1 over Node's own modules, where VS Code's proxy and certificates reach them. Throws a `ModelError` of kind
 * `configuration`.
 */
export function clientTransport(
  { endpoint, network = {}, profile, socketTimeout = usualSilence }: Way,
  environment: NodeJS.ProcessEnv = process.env,
): ClientTransport {
  return {
    ...endpointParameters(endpoint, network),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 15_000,
      socketTimeout,
      logger: silent,
      ...requestAgents(network, environment, profile),
    }),
  };
}

/**
 * An endpoint of the user's own is asked as it is: the SDK refuses to be given one together with the other two, so that
 * what the environment says of them must not hold there.
 */
function endpointParameters(endpoint: string | undefined, { useFipsEndpoint, useDualstackEndpoint }: NetworkSettings) {
  if (endpoint === undefined) {
    return {
      ...(useFipsEndpoint !== undefined && { useFipsEndpoint }),
      ...(useDualstackEndpoint !== undefined && { useDualstackEndpoint }),
    };
  }
  if (!isHttpUrl(endpoint)) {
    throw configurationError(
      t('The endpoint "{0}" is not an http or https URL: set outcrop.endpoint, or leave it empty.', endpoint),
      ["open-settings"],
    );
  }
  if (useFipsEndpoint) throw notBoth("outcrop.useFipsEndpoint");
  if (useDualstackEndpoint) throw notBoth("outcrop.useDualstackEndpoint");
  return { endpoint: endpoint.replace(/\/+$/, ""), useFipsEndpoint: false, useDualstackEndpoint: false };
}

function notBoth(setting: string): Error {
  return configurationError(
    t("{0} is for the region's own endpoints: turn it off, or leave outcrop.endpoint empty.", setting),
    ["open-settings"],
  );
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
