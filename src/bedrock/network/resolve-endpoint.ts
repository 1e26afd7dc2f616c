import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import type { HttpRequest } from "@smithy/types";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { regionOf } from "../client-region.ts";
import { unsigned } from "../credentials.ts";
import { clientProfile } from "../identity/environment-profile.ts";
import { clientTransport } from "./client-transport.ts";

/** Ends the request before it is sent. */
class NotSent extends Error {}

/**
 * Where the SDK would send a request, by its own rules for partitions, FIPS, dual-stack and what the environment and the profile
 * say of endpoints. Nothing is sent and no credential is looked for. Rejects as a request would.
 */
export async function resolveEndpoint(settings: BedrockSettings): Promise<URL> {
  const { endpoint, network, profile } = settings;
  let resolved: URL | undefined;
  const client = new BedrockRuntimeClient({
    ...regionOf(settings),
    ...(settings.authentication !== "none" && clientProfile(profile, process.env)),
    ...clientTransport({ endpoint, network, profile }),
    ...unsigned,
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ protocol, hostname, port, path }: HttpRequest) => {
        const base = path.replace(/\/model\/.*$/u, "");
        resolved = new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${base}`);
        throw new NotSent();
      },
    },
  });
  try {
    await client.send(new ConverseStreamCommand({ modelId: "model", messages: [] }));
  } catch (error) {
    if (resolved === undefined) throw error;
  } finally {
    client.destroy();
  }
  return resolved ?? new URL(endpoint ?? "");
}
