const text = { type: "string" } as const;

/** Where requests go and what they are signed with, each named after its setting; for `parseArgs`. */
export const wayOptions = {
  endpoint: text,
  region: text,
  profile: text,
  authentication: text,
  "ca-bundle": text,
} as const;

export const wayUsage = `\
  --endpoint URL      Bedrock runtime endpoint or gateway
  --region R          AWS region
  --profile P         named profile of ~/.aws/config
  --authentication M  automatic (default), aws, apiKey or none: what requests are signed with
  --ca-bundle FILE    certificate authorities, as PEM, that are trusted besides the system's`;
