import type { Gate } from "./agent/gate.ts";
import { guardedGate } from "./agent/guarded-gate.ts";
import { reportAssessments } from "./agent/guardrail-intervention.ts";
import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, defaultModelId, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import type { HeldClient } from "./bedrock/client-slot.ts";
import type { ListedGuardrail } from "./bedrock/guardrail/list-guardrails.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ListedModel } from "./bedrock/list-models.ts";
import type { RequestSettings } from "./bedrock/request/request-settings.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import { priceOf } from "./policy/budgets/price-of.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { openFolders } from "./vscode/editor-workspace.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection, session: string): Promise<Answerer>;
  list(signal: AbortSignal): Promise<readonly ListedModel[]>;
  listGuardrails(signal: AbortSignal, identifier?: string): Promise<readonly ListedGuardrail[]>;
  /** The gate, with the guardrail behind it where the user wants the results of tools judged. */
  guardResults(gate: Gate, notify: (text: string) => void, connection: () => Connection): Gate;
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
export function composeModels(learned: LearnedFeatures): Models {
  const paces = new RequestPaces();
  let bedrock: ClientPool | undefined;
  let demo: ClientPool | undefined;
  const connect = async (connection: Connection, session: string): Promise<Answerer> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const { factsOf, requestOf } = await import("./compose-request.ts");
      const settings = bedrockSettings(connection.modelId, await requestOf(session, openFolders()[0]?.path));
      const place = settings.endpoint ?? settings.region ?? "";
      const model = bedrock.model(settings);
      return { model, facts: factsOf(settings, model, priceOf), pace: paces.of(`${place} ${settings.modelId}`) };
    }
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace() };
  };
  const guardResults: Models["guardResults"] = (gate, notify, connection) =>
    guardedGate(gate, async (tool, signal) => {
      const { guardText } = await import("./compose-request.ts");
      const hold = async (modelId: string): Promise<HeldClient> => {
        const { ClientPool } = await import("./bedrock/client-pool.ts");
        bedrock ??= new ClientPool(undefined, learned);
        return bedrock.hold(bedrockSettings(modelId));
      };
      return guardText(connection(), { notify, report: reportAssessments, hold }, tool, signal);
    });
  return { connect, list: listModels, listGuardrails, guardResults };
}

/** Throws a `ModelError` of kind `configuration`. */
function bedrockSettings(modelId: string, request?: RequestSettings): BedrockSettings {
  const { region, profile, endpoint, authentication, maxTokens, limits } = readSettings();
  const requestHeaders = readRequestHeaders(readSettings().requestHeaders, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  const told = request === undefined ? {} : { request };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, maxTokens, ...silences, ...told };
}

async function listGuardrails(signal: AbortSignal, identifier?: string): Promise<readonly ListedGuardrail[]> {
  const guardrails = await import("./bedrock/guardrail/list-guardrails.ts");
  const settings = bedrockSettings(readSettings().model ?? defaultModelId);
  return guardrails.listGuardrails(settings, signal, identifier);
}

async function listModels(signal: AbortSignal): Promise<readonly ListedModel[]> {
  const bedrock = await import("./bedrock/list-models.ts");
  return bedrock.listModels(bedrockSettings(readSettings().model ?? defaultModelId), signal);
}
