import type { Answerer } from "./agent/run-turn.ts";
import type { StepMeter } from "./chat/step-meter.ts";
import type { Models } from "./compose-models.ts";
import type { Policies } from "./compose-policy.ts";
import type { Usage } from "./compose-usage.ts";
import type { SessionPolicy } from "./policy/session-policy.ts";
import type { Connection } from "./protocol/connection.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { readSettings } from "./vscode/settings.ts";

export interface ConnectParts {
  readonly models: Pick<Models, "connect">;
  readonly usage: Pick<Usage, "loadPrices">;
  readonly policies: Pick<Policies, "know">;
  readonly headerSecrets: Pick<HeaderSecrets, "known">;
}

/** Whose calls they are. */
export interface Caller {
  readonly session: string;
  readonly policy: Pick<SessionPolicy, "guardModel">;
  readonly meter: StepMeter;
}

/** The one way to a model: masked, counted against the caps and written down, whatever it is asked for. Rejects with a `ModelError`. */
export type Connect = (caller: Caller, connection: Connection) => Promise<Answerer>;

export function composeConnect({ models, usage, policies, headerSecrets }: ConnectParts): Connect {
  return async ({ session, policy, meter }, chosen) => {
    const [{ model, count, billing, ...known }] = await Promise.all([
      models.connect(chosen, session),
      usage.loadPrices(),
    ]);
    policies.know(headerSecrets.known);
    if (chosen.kind === "demo") return { ...known, model: policy.guardModel(model) };
    const { maxTokens, endpoint, ...place } = readSettings();
    const { region = place.region, profile = place.profile } = chosen;
    const priced = { ...billing, maxTokens, region, endpoint, profile };
    return { ...known, model: policy.guardModel(meter.watch(model, billing.modelId, count, maxTokens), priced) };
  };
}
