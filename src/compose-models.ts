import type { Gate } from "./agent/gate.ts";
import { guardedGate } from "./agent/guarded-gate.ts";
import { reportAssessments } from "./agent/guardrail-intervention.ts";
import type { CountTokens } from "./agent/model.ts";
import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { RequestSettings } from "./agent/request-settings.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { type BedrockSettings, defaultModelId, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import type { HeldClient } from "./bedrock/client-slot.ts";
import type { ListedGuardrail } from "./bedrock/guardrail/list-guardrails.ts";
import type { Attempt } from "./bedrock/inspector/attempt-log.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import type { ModelPlaces } from "./bedrock/models/place-model.ts";
import { paceKey, settingsAt } from "./bedrock/settings-at.ts";
import { bedrockSettings, type Way } from "./compose-bedrock-settings.ts";
import type { PriceOf } from "./policy/budgets/price-of.ts";
import type { BedrockConnection, Connection } from "./protocol/connection.ts";
import { openFolders } from "./vscode/editor-workspace.ts";
import { readModelSettings } from "./vscode/models/model-settings.ts";
import type { ModelSource } from "./vscode/models/model-source.ts";
import { readSettings } from "./vscode/settings.ts";

/** What a window's sessions share of the way to Bedrock. */
export interface Models {
  /** Who answers the next attempt. Rejects with a `ModelError`. */
  connect(connection: Connection, session: string): Promise<CountedAnswerer>;
  /** What can be asked, for the picker. */
  source(): Promise<ModelSource>;
  listGuardrails(signal: AbortSignal, identifier?: string): Promise<readonly ListedGuardrail[]>;
  /** The gate, with the guardrail behind it where the user wants the results of tools judged. */
  guardResults(gate: Gate, notify: (text: string) => void, connection: () => Connection): Gate;
  /** What went over the wire to Bedrock last, the last one first. */
  attempts(): readonly Attempt[];
  forgetAttempts(): void;
  /** Whether a model is among those that answered last. */
  hasAnswered(modelId: string): boolean;
  /** As the next request there would use them. Rejects with a `ModelError` of kind `configuration`. */
  settings(connection: Connection): Promise<BedrockSettings>;
}

/** `count`: where the service can be asked how many tokens a request takes. */
interface CountedAnswerer extends Answerer {
  readonly count?: CountTokens | undefined;
  /** By whose price the answers are counted: of an ARN, that of the foundation model behind it. */
  readonly billing: { readonly modelId: string; readonly cachesForHour: boolean };
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
export function composeModels(learned: LearnedFeatures, way: Way, priceOf: PriceOf): Models {
  const paces = new RequestPaces();
  let known: ModelPlaces | undefined;
  const places = async (): Promise<ModelPlaces> => {
    const { ModelPlaces } = await import("./bedrock/models/place-model.ts");
    known ??= new ModelPlaces(learned);
    return known;
  };
  let bedrock: ClientPool | undefined;
  const pool = async (): Promise<ClientPool> => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    bedrock ??= new ClientPool(undefined, learned);
    return bedrock;
  };
  let demo: ClientPool | undefined;
  const placed = async (connection: BedrockConnection, request?: RequestSettings): Promise<BedrockSettings> => {
    const own = await bedrockSettings(connection.modelId, way, request);
    return (await places()).place(settingsAt(own, connection), readModelSettings());
  };
  const connect = async (connection: Connection, session: string): Promise<CountedAnswerer> => {
    if (connection.kind === "bedrock") {
      const clients = await pool();
      const { factsOf, requestOf } = await import("./compose-request.ts");
      const settings = await placed(connection, await requestOf(session, openFolders()[0]?.path));
      const model = clients.model(settings);
      const { facts, billed } = factsOf(settings, model, priceOf);
      return {
        model,
        billing: {
          modelId: billed,
          cachesForHour: settings.request?.promptCaching === "1h",
        },
        facts,
        pace: paces.of(paceKey(settings)),
        count: clients.counter(settings),
      };
    }
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace(), billing: { modelId: "", cachesForHour: false } };
  };
  let sources: (() => ModelSource) | undefined;
  const source = async (): Promise<ModelSource> => {
    const { composeModelSource } = await import("./compose-model-source.ts");
    sources ??= composeModelSource((modelId) => bedrockSettings(modelId, way), await places());
    return sources();
  };
  const listGuardrails: Models["listGuardrails"] = async (signal, identifier) => {
    const guardrails = await import("./bedrock/guardrail/list-guardrails.ts");
    return guardrails.listGuardrails(await bedrockSettings("-", way), signal, identifier);
  };
  const guardResults: Models["guardResults"] = (gate, notify, connection) =>
    guardedGate(gate, async (tool, signal) => {
      const { guardText } = await import("./compose-request.ts");
      const hold = async (where: BedrockConnection): Promise<HeldClient> => (await pool()).hold(await placed(where));
      return guardText(connection(), { notify, report: reportAssessments, hold }, tool, signal);
    });
  const settings: Models["settings"] = async (connection) => {
    const { requestOf } = await import("./compose-request.ts");
    const modelId = (connection.kind === "bedrock" && connection.modelId) || (readSettings().model ?? defaultModelId);
    return placed({ ...connection, kind: "bedrock", modelId }, await requestOf("", undefined));
  };
  const attempts = () => bedrock?.attempts ?? [];
  const forgetAttempts = () => bedrock?.forgetAttempts();
  const hasAnswered = (id: string) =>
    attempts().some(({ modelId, response }) => modelId === id && response?.status === 200);
  return { connect, source, listGuardrails, guardResults, attempts, forgetAttempts, hasAnswered, settings };
}
