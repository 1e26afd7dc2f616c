import * as vscode from "vscode";
import type { Connection } from "../protocol/connection.ts";
import { gatewayDecidesModel } from "./gateway-decides-model.ts";
import { RefusedModel } from "./models/refused-model.ts";
import { readRoutingSettings } from "./routing-settings.ts";
import { readSettings } from "./settings.ts";
import { settingsSection } from "./user-settings.ts";

/** With another of these it is another account, or another place of it. */
const placeSettings = ["profile", "region", "endpoint", "configuration"].map((name) => `${settingsSection}.${name}`);

const demoKey = "outcrop.demo";

export interface ConnectionChoiceOptions {
  readonly memory: vscode.Memento;
  readonly defaultModelId: string;
  readonly hasSignsOfAws: () => Promise<boolean>;
}

/**
 * Who answers: the demo where the user asked for it, or where nothing on this machine and in the settings points to
 * Bedrock; else Bedrock.
 */
export class ConnectionChoice implements vscode.Disposable {
  readonly #options: ConnectionChoiceOptions;
  readonly #changed = new vscode.EventEmitter<Connection>();
  readonly #subscription: vscode.Disposable;
  #signsOfAws = false;
  readonly refusedModel = new RefusedModel();
  readonly onDidChange = this.#changed.event;

  constructor(options: ConnectionChoiceOptions) {
    this.#options = options;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (placeSettings.some((name) => event.affectsConfiguration(name))) this.refusedModel.forget();
      if (event.affectsConfiguration(settingsSection)) this.#changed.fire(this.current());
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Looks at the machine once; `current` counts on it. */
  async discover(): Promise<void> {
    this.#signsOfAws = await this.#options.hasSignsOfAws();
  }

  current(): Connection {
    const { model, region, endpoint, profile, configuration } = readSettings();
    const isConfigured = [model, region, endpoint, profile, configuration].some((value) => value !== undefined);
    const demo = this.#options.memory.get<boolean>(demoKey) ?? !(isConfigured || this.#signsOfAws);
    if (demo) return { kind: "demo" };
    const isGateways = endpoint !== undefined && gatewayDecidesModel();
    const modelId = model ?? (isGateways ? "" : this.#options.defaultModelId);
    const { isAutomatic, fastModel } = readRoutingSettings();
    const routed = isAutomatic && fastModel !== undefined && fastModel !== modelId && !isGateways;
    return {
      kind: "bedrock",
      modelId,
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
      ...(configuration !== undefined && { configuration }),
      ...(isGateways && { gatewayDecidesModel: true }),
      ...(routed && { routing: { fast: fastModel, frontier: modelId } }),
    };
  }

  /** The demo answers because nothing points to Bedrock, not because it was asked for. */
  get lacksIdentity(): boolean {
    return this.current().kind === "demo" && this.#options.memory.get<boolean>(demoKey) !== true;
  }

  async choose(kind: Connection["kind"]): Promise<void> {
    await this.#options.memory.update(demoKey, kind === "demo");
    this.#changed.fire(this.current());
  }
}
