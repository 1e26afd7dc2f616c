import type { Gate } from "./agent/gate.ts";
import { guardedGate } from "./agent/guarded-gate.ts";
import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import { configurationError } from "./bedrock/configuration-error.ts";
import type { ListedGuardrail } from "./bedrock/guardrail/list-guardrails.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ModelPlaces } from "./bedrock/models/place-model.ts";
import { answererFacts } from "./bedrock/request/answerer-facts.ts";
import type { RequestSettings } from "./bedrock/request/request-settings.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import { judgeResults, requestOf } from "./compose-request.ts";
import { priceOf } from "./policy/budgets/price-of.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { readModelSettings } from "./vscode/models/model-settings.ts";
import type { ModelSource } from "./vscode/models/model-source.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection, session: string): Promise<Answerer>;
  /** What can be asked, for the picker. */
  source(): Promise<ModelSource>;
  listGuardrails(signal: AbortSignal, identifier?: string): Promise<readonly ListedGuardrail[]>;
  /** The gate, with the guardrail behind it where the user wants the results of tools judged. */
  guardResults(gate: Gate, notify: (text: string) => void, connection: () => Connection): Gate;
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
  const connect = async (connection: Connection, session: string): Promise<Answerer> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const asked = bedrockSettings(connection.modelId, await requestOf(session));
      const settings = await (await places()).place(asked, readModelSettings());
      const place = settings.endpoint ?? settings.region ?? "";
      const model = bedrock.model(settings);
      const facts = answererFacts(settings, model.capabilities, priceOf);
      return { model, facts, pace: paces.of(`${place} ${settings.modelId}`) };
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
  const guardResults: Models["guardResults"] = (gate, notify, connection) =>
    guardedGate(gate, {
      notify,
      judge: judgeResults(connection, async (modelId) => {
        const { ClientPool } = await import("./bedrock/client-pool.ts");
        bedrock ??= new ClientPool(undefined, learned);
        return bedrock.hold(bedrockSettings(modelId));
      }),
    });
  return { connect, source, listGuardrails, guardResults };
}

/** Throws a `ModelError` of kind `configuration`. */
function bedrockSettings(modelId: string, request?: RequestSettings): BedrockSettings {
  const { region, profile, endpoint, authentication, maxTokens, limits, configurationProblem } = readSettings();
  if (configurationProblem !== undefined) throw configurationError(configurationProblem, ["open-settings"]);
  const requestHeaders = readRequestHeaders(readSettings().requestHeaders, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  const told = request === undefined ? {} : { request };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, maxTokens, ...silences, ...told };
}

async function listGuardrails(signal: AbortSignal, identifier?: string): Promise<readonly ListedGuardrail[]> {
  const guardrails = await import("./bedrock/guardrail/list-guardrails.ts");
  const settings = bedrockSettings("-");
  return guardrails.listGuardrails(settings, signal, identifier);
}
