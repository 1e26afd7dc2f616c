import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { serviceClient } from "./service-client.ts";

export interface CallerIdentity {
  readonly account?: string;
  readonly arn?: string;
}

/** Whose credentials these are, by STS, which needs no permission for it. Rejects with what STS said. */
export async function callerIdentity(
  credentials: AwsCredentialIdentity,
  { region, network, profile }: Pick<BedrockSettings, "region" | "network" | "profile">,
  abortSignal: AbortSignal,
): Promise<CallerIdentity> {
  const client = new STSClient({
    ...serviceClient(network, profile),
    maxAttempts: 1,
    credentials,
    region: region ?? "us-east-1",
  });
  try {
    const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { ...(account !== undefined && { account }), ...(arn !== undefined && { arn }) };
  } finally {
    client.destroy();
  }
}
