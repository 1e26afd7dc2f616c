import type { BedrockSettings } from "../bedrock-settings.ts";

/** Who the requests say that they come from. */
export interface Identity {
  /** Where it was found, in words: "the profile work"; of `none`, why there is none, as a sentence without its full stop. */
  readonly source: string;
  /** `none`: nobody in particular; `api-key`: a Bedrock API key; `keys`: AWS credentials. */
  readonly kind: "none" | "api-key" | "keys";
  /** From STS, where it could be asked. */
  readonly account?: string;
  readonly arn?: string;
  /** Why STS did not say who this is, where it did not. */
  readonly unknown?: string;
  readonly expiresAt?: Date;
  /** Values that must never be shown. */
  readonly secrets: readonly string[];
}

/** Looks for the identity of these settings. Rejects with whatever the SDK or AWS said where there is none or it is refused. */
export type DescribeIdentity = (settings: BedrockSettings, signal: AbortSignal) => Promise<Identity>;
