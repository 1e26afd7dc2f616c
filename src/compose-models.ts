import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, defaultModelId, demoSettings, isAwsEndpoint } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ListedModel } from "./bedrock/list-models.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import type { CountTokens } from "./chat/step-meter.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection): Promise<CountedAnswerer>;
  list(signal: AbortSignal): Promise<readonly ListedModel[]>;
}

/** `count`: where the service can be asked how many tokens a request takes. A gateway is not asked for more than answers. */
interface CountedAnswerer extends Answerer {
  readonly count?: CountTokens;
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
export function composeModels(learned: LearnedFeatures): Models {
  const paces = new RequestPaces();
  let bedrock: ClientPool | undefined;
  let demo: ClientPool | undefined;
  const connect = async (connection: Connection): Promise<CountedAnswerer> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const pool = bedrock;
      const settings = bedrockSettings(connection.modelId);
      const place = settings.endpoint ?? settings.region ?? "";
      return {
        model: pool.model(settings),
        pace: paces.of(`${place} ${settings.modelId}`),
        ...(isAwsEndpoint(settings.endpoint) && { count: (request) => pool.countTokens(settings, request) }),
      };
    }
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace() };
  };
  return { connect, list: listModels };
}

/** Throws a `ModelError` of kind `configuration`. */
function bedrockSettings(modelId: string): BedrockSettings {
  const { region, profile, endpoint, authentication, maxTokens, limits } = readSettings();
  const requestHeaders = readRequestHeaders(readSettings().requestHeaders, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, maxTokens, ...silences };
}

async function listModels(signal: AbortSignal): Promise<readonly ListedModel[]> {
  const bedrock = await import("./bedrock/list-models.ts");
  return bedrock.listModels(bedrockSettings(readSettings().model ?? defaultModelId), signal);
}
