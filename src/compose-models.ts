import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import { configurationError } from "./bedrock/configuration-error.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ModelPlaces } from "./bedrock/models/place-model.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { readModelSettings } from "./vscode/models/model-settings.ts";
import type { ModelSource } from "./vscode/models/model-source.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection): Promise<Answerer>;
  /** What can be asked, for the picker. */
  source(): Promise<ModelSource>;
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
export function composeModels(learned: LearnedFeatures): Models {
  const paces = new RequestPaces();
  let known: ModelPlaces | undefined;
  const places = async (): Promise<ModelPlaces> => {
    const { ModelPlaces } = await import("./bedrock/models/place-model.ts");
    known ??= new ModelPlaces(learned);
    return known;
  };
  let bedrock: ClientPool | undefined;
  let demo: ClientPool | undefined;
  const connect = async (connection: Connection): Promise<Answerer> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const settings = await (await places()).place(bedrockSettings(connection.modelId), readModelSettings());
      const place = settings.endpoint ?? settings.region ?? "";
      return { model: bedrock.model(settings), pace: paces.of(`${place} ${settings.modelId}`) };
    }
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace() };
  };
  let sources: (() => ModelSource) | undefined;
  const source = async (): Promise<ModelSource> => {
    const { composeModelSource } = await import("./compose-model-source.ts");
    sources ??= composeModelSource(bedrockSettings, await places());
    return sources();
  };
  return { connect, source };
}

/** Throws a `ModelError` of kind `configuration`. */
function bedrockSettings(modelId: string): BedrockSettings {
  const { region, profile, endpoint, authentication, maxTokens, limits, configurationProblem } = readSettings();
  if (configurationProblem !== undefined) throw configurationError(configurationProblem, ["open-settings"]);
  const requestHeaders = readRequestHeaders(readSettings().requestHeaders, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, maxTokens, ...silences };
}
