import { BedrockClient } from "@aws-sdk/client-bedrock";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { regionOf } from "../client-region.ts";
import { authenticate } from "../credentials.ts";
import { clientProfile } from "../identity/environment-profile.ts";
import { clientTransport } from "../network/client-transport.ts";

/**
 * The one place where a client of Bedrock's control plane is made: its lists, and what it says of a model. A gateway has
 * none. `AWS_ENDPOINT_URL_BEDROCK` is the SDK's own setting for another address, such as a VPC endpoint. Throws a
 * `ModelError` of kind `configuration`.
 */
export function createControlPlane(settings: BedrockSettings): BedrockClient {
  return new BedrockClient({
    ...regionOf(settings),
    ...clientProfile(settings.profile, process.env),
    ...authenticate(settings, process.env),
    // The control plane has an endpoint of its own, whatever the runtime's is.
    ...clientTransport({ network: settings.network, profile: settings.profile }),
    maxAttempts: 2,
  });
}
