import type { RequestSettings } from "./agent/request-settings.ts";
import type { BedrockSettings } from "./bedrock/bedrock-settings.ts";
import { configurationError } from "./bedrock/configuration-error.ts";
import type { Identity } from "./bedrock/identity/identity.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { readSettings } from "./vscode/settings.ts";

/** What is beside the settings on the way to Bedrock. */
export interface Way {
  readonly headerSecrets: HeaderSecrets;
  readonly identity: () => Promise<Identity>;
}

/** The settings of the moment, as the next request uses them. Rejects with a `ModelError` of kind `configuration`. */
export async function bedrockSettings(modelId: string, way: Way, request?: RequestSettings): Promise<BedrockSettings> {
  const { region, profile, endpoint, authentication, maxTokens, limits, configurationProblem } = readSettings();
  if (configurationProblem !== undefined) throw configurationError(configurationProblem, ["open-settings"]);
  const { readNetwork } = await import("./compose-network.ts");
  const { headers, ...network } = await readNetwork(way.headerSecrets);
  return {
    ...{ modelId, region, profile, endpoint, authentication, maxTokens },
    ...{ ...limits, idleMs: limits.thinkingMs },
    ...network,
    identity: await way.identity(),
    requestHeaders: readRequestHeaders(headers, authentication),
    ...(request !== undefined && { request }),
  };
}
