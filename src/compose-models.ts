import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, defaultModelId, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import type { Attempt } from "./bedrock/inspector/attempt-log.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ListedModel } from "./bedrock/list-models.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection): Promise<Answerer>;
  list(signal: AbortSignal): Promise<readonly ListedModel[]>;
  /** What went over the wire to Bedrock last, the last one first. */
  attempts(): readonly Attempt[];
  /** As the next request would use them. Throws a `ModelError` of kind `configuration`. */
  settings(): BedrockSettings;
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
export function composeModels(learned: LearnedFeatures): Models {
  const paces = new RequestPaces();
  let bedrock: ClientPool | undefined;
  let demo: ClientPool | undefined;
  const connect = async (connection: Connection): Promise<Answerer> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const settings = bedrockSettings(connection.modelId);
      const place = settings.endpoint ?? settings.region ?? "";
      return { model: bedrock.model(settings), pace: paces.of(`${place} ${settings.modelId}`) };
    }
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace() };
  };
  return { connect, list: listModels, attempts: () => bedrock?.attempts ?? [], settings: chosenSettings };
}

/** Throws a `ModelError` of kind `configuration`. */
function bedrockSettings(modelId: string): BedrockSettings {
  const { region, profile, endpoint, authentication, maxTokens, limits } = readSettings();
  const requestHeaders = readRequestHeaders(readSettings().requestHeaders, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, maxTokens, ...silences };
}

function chosenSettings(): BedrockSettings {
  return bedrockSettings(readSettings().model ?? defaultModelId);
}

async function listModels(signal: AbortSignal): Promise<readonly ListedModel[]> {
  const bedrock = await import("./bedrock/list-models.ts");
  return bedrock.listModels(chosenSettings(), signal);
}
