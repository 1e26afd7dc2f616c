import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, defaultModelId, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ListedModel } from "./bedrock/list-models.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import type { Connection } from "./protocol/chat-event.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection): Promise<Answerer>;
  list(signal: AbortSignal): Promise<readonly ListedModel[]>;
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
export function composeModels(learned: LearnedFeatures, secrets: HeaderSecrets): Models {
  const paces = new RequestPaces();
  let bedrock: ClientPool | undefined;
  let demo: ClientPool | undefined;
  const connect = async (connection: Connection): Promise<Answerer> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const settings = await bedrockSettings(connection.modelId, secrets);
      const place = settings.endpoint ?? settings.region ?? "";
      return { model: bedrock.model(settings), pace: paces.of(`${place} ${settings.modelId}`) };
    }
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace() };
  };
  return { connect, list: (signal) => listModels(secrets, signal) };
}

/** Rejects with a `ModelError` of kind `configuration`. */
async function bedrockSettings(modelId: string, secrets: HeaderSecrets): Promise<BedrockSettings> {
  const { region, profile, endpoint, authentication, maxTokens, limits } = readSettings();
  const { readNetwork } = await import("./compose-network.ts");
  const { headers, ...network } = await readNetwork(secrets);
  const requestHeaders = readRequestHeaders(headers, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, ...network, maxTokens, ...silences };
}

async function listModels(secrets: HeaderSecrets, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const bedrock = await import("./bedrock/list-models.ts");
  return bedrock.listModels(await bedrockSettings(readSettings().model ?? defaultModelId, secrets), signal);
}
