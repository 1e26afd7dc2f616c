import type { Identity } from "./identity/identity.ts";

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
  readonly modelId: string;
  /** Undefined: `AWS_REGION`, then the profile's. */
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
  /** `inferenceConfig.maxTokens`. Always sent: unset, Bedrock reserves the model's maximum from the quota. */
  readonly maxTokens: number;
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

/** Whether the endpoint is AWS's own, where real credentials are a must. Partitions: aws, aws-cn, aws-us-gov, iso. */
export function isAwsEndpoint(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return true;
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  return /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov)$/.test(host);
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
