import type { BedrockSettings } from "./bedrock/bedrock-settings.ts";
import { resolveHeaderSecrets } from "./bedrock/network/header-secrets.ts";
import { gatewayDecidesModel } from "./vscode/gateway-decides-model.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { readNetworkSettings } from "./vscode/network-settings.ts";
import { readSettings } from "./vscode/settings.ts";

/** How requests travel. */
export interface Network extends Pick<BedrockSettings, "headerSecrets" | "network" | "gatewayDecidesModel"> {
  /** `outcrop.requestHeaders` with its secrets in place, not yet checked. */
  readonly headers: unknown;
}

/** Rejects with a `ModelError` of kind `configuration`. */
export async function readNetwork(secrets: HeaderSecrets): Promise<Network> {
  const headers = await resolveHeaderSecrets(readSettings().requestHeaders, secrets.find);
  return {
    headers,
    headerSecrets: secrets.known,
    network: readNetworkSettings(),
    gatewayDecidesModel: gatewayDecidesModel(),
  };
}
