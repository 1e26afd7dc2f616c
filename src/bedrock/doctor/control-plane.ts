import { BedrockClient } from "@aws-sdk/client-bedrock";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { createHandler } from "../client.ts";
import { authenticate } from "../credentials.ts";

/** A client of Bedrock's control plane with the same identity, region and way out as the runtime's. */
export function createControlPlane(settings: BedrockSettings): BedrockClient {
  return new BedrockClient({
    ...(settings.region !== undefined && { region: settings.region }),
    ...(settings.profile !== undefined && { profile: settings.profile }),
    ...authenticate(settings, process.env),
    maxAttempts: 2,
    requestHandler: createHandler(settings),
    userAgentAppId: "outcrop",
  });
}
