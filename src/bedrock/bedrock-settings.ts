import type { RequestSettings } from "../agent/request-settings.ts";
import type { TokenLimits } from "./capabilities.ts";
import type { Identity } from "./identity/identity.ts";
import type { Destinations } from "./models/destinations.ts";
import type { NetworkSettings } from "./network/network-settings.ts";

/**
 * Who the requests say that they come from. `aws`: credentials of AWS, never an API key; `apiKey`: Bedrock's API key
 * only; `keys`: the access keys that the user has stored; `none`: nothing at all, and nothing is looked for; `automatic`: what there is.
 */
export const authentications = ["automatic", "aws", "apiKey", "keys", "none"] as const;
export type Authentication = (typeof authentications)[number];

/** Headers that the user wants on every request to the endpoint, by name. Values may be secrets. */
export type RequestHeaders = Readonly<Record<string, string>>;

/** One way to Bedrock, as the settings say it. Two equal values share a client. */
export interface BedrockSettings {
  /** May be empty where the gateway decides. */
  readonly modelId: string;
  /** The foundation model behind an id or ARN that does not name it, as AWS says. */
  readonly baseModelId?: string;
  /** Where requests for the model may be answered; left out, its id decides. */
  readonly destinations?: Destinations;
  /** Regions that requests may reach, as `readAllowedRegions` has checked them; none: any. */
  readonly allowedRegions?: readonly string[];
  /** The user's own limits of the model. */
  readonly ownLimits?: TokenLimits | undefined;
  /** Those that the catalogue has. */
  readonly publishedLimits?: TokenLimits | undefined;
  /** The gateway answers with a model of its own choice, whatever the id in the path. */
  readonly gatewayDecidesModel?: boolean;
  /** Undefined: `AWS_REGION` or `AWS_DEFAULT_REGION`, then the profile's. */
  readonly region: string | undefined;
  /** Named profile of `~/.aws/config`; undefined: the SDK's default chain. */
  readonly profile: string | undefined;
  /** Base URL of a VPC endpoint or gateway; undefined: the region's public one. */
  readonly endpoint: string | undefined;
  /** Left out: `automatic`. */
  readonly authentication?: Authentication;
  /** Stored keys, codes and shared credentials; left out, the files and the environment are all there is. */
  readonly identity?: Identity;
  /** On every request to the endpoint, as `readRequestHeaders` has checked them. */
  readonly requestHeaders?: RequestHeaders;
  /** Secrets that their values are made of. */
  readonly headerSecrets?: readonly string[];
  readonly network?: NetworkSettings;
  /** `inferenceConfig.maxTokens`. Always sent: unset, Bedrock reserves the model's maximum from the quota. */
  readonly maxTokens: number;
  /** What is wanted of every request; left out: nothing but what the loop decides. */
  readonly request?: RequestSettings;
  /** Longest wait for the first event, in milliseconds. */
  readonly firstByteMs: number;
  /** Longest silence between two events, in milliseconds, where the phase has no limit of its own. */
  readonly idleMs: number;
  /** Longest silence while the model reasons, writes text, or writes a tool's input, in milliseconds. */
  readonly thinkingMs?: number;
  readonly textMs?: number;
  readonly toolInputMs?: number;
}

export const defaultModelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const defaultFirstByteMs = 120_000;
export const defaultIdleMs = 300_000;

/**
 * The names that end in these are AWS's alone, of all its partitions, dual-stack too (`partitions.js` of @aws-sdk/core):
 * aws and aws-us-gov, aws-cn, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f.
 */
const awsDomains = [
  ...["amazonaws.com", "api.aws"],
  ...["amazonaws.com.cn", "api.amazonwebservices.com.cn"],
  ...["amazonaws.eu", "api.amazonwebservices.eu"],
  ...["c2s.ic.gov", "api.aws.ic.gov"],
  ...["sc2s.sgov.gov", "api.aws.scloud"],
  ...["cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"],
  ...["csp.hci.ic.gov", "api.aws.hci.ic.gov"],
];

/** Whether the endpoint is AWS's own, where real credentials are a must. */
export function isAwsEndpoint(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return true;
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  return awsDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** Whether a gateway names the model, so that the id in the path may be left out. */
export function isDecidedByGateway({ endpoint, gatewayDecidesModel }: BedrockSettings): boolean {
  return gatewayDecidesModel === true && !isAwsEndpoint(endpoint);
}

/** Whether there is a control plane to ask: a gateway has none. */
export function hasControlPlane({
  endpoint,
  authentication,
}: Pick<BedrockSettings, "endpoint" | "authentication">): boolean {
  return isAwsEndpoint(endpoint) && authentication !== "none";
}

/** No request to it leaves the process; the name is reserved and cannot be resolved (RFC 2606). */
const demoEndpoint = "http://demo.invalid";

export function isDemoEndpoint(endpoint: string | undefined): boolean {
  return endpoint === demoEndpoint;
}

/** The demo's settings: its requests go to an emulator in this process, so the address is one that cannot exist. */
export function demoSettings(
  modelId: string,
  { maxTokens, firstByteMs, idleMs }: Pick<BedrockSettings, "maxTokens" | "firstByteMs" | "idleMs">,
): BedrockSettings {
  return {
    modelId,
    maxTokens,
    firstByteMs,
    idleMs,
    region: "us-east-1",
    profile: undefined,
    endpoint: demoEndpoint,
  };
}
