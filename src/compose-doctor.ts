import { isModelError } from "./agent/model.ts";
import type { BedrockSettings } from "./bedrock/bedrock-settings.ts";
import type { DoctorContext, DoctorParts } from "./bedrock/doctor/doctor-context.ts";
import { describeHead, describeLine } from "./bedrock/doctor/doctor-report.ts";
import { environmentProxy } from "./bedrock/doctor/environment-proxy.ts";
import { runDoctor } from "./bedrock/doctor/run-doctor.ts";
import type { FailoverPlace } from "./chat/routing/failover.ts";
import { t, text } from "./protocol/localize.ts";
import type { TokenUsage } from "./protocol/token-usage.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import { type RoutingSettings, readRoutingSettings } from "./vscode/routing-settings.ts";
import type { Diagnosis } from "./vscode/support/diagnosis.ts";
import { editorProxy } from "./vscode/support/editor-proxy.ts";

/** What the chat, which is loaded already, gives. */
export interface DoctorSources {
  /** As the next request would use them. Rejects with a `ModelError` of kind `configuration`. */
  readonly settings: () => Promise<BedrockSettings>;
  /** US dollars; undefined where the price is not known. */
  readonly costOf: (modelId: string, usage: TokenUsage) => number | undefined;
  readonly makeVisible: (text: string) => string;
  readonly dialogs: Dialogs;
}

/** What the doctor is made of: the SDK's runtime client with it, so that it is loaded when it is first asked. */
export interface Doctor {
  diagnosis(): Promise<Diagnosis>;
  /** As JSON. Throws a `ModelError` of kind `configuration`. */
  iamPolicy(signal: AbortSignal): Promise<string>;
}

export function composeDoctor(parts: DoctorSources): Doctor {
  return {
    diagnosis: () => startDiagnosis(() => createContext(parts), parts.makeVisible),
    iamPolicy: async (signal) => {
      const context = await createContext(parts);
      try {
        const { iamPolicyOf } = await import("./bedrock/doctor/iam-policy-of.ts");
        return `${JSON.stringify(await iamPolicyOf(context, signal), undefined, 2)}\n`;
      } finally {
        context.close();
      }
    },
  };
}

async function createContext({ settings: read, dialogs, costOf }: DoctorSources): Promise<DoctorContext> {
  const settings = await read();
  const { DoctorContext: Context } = await import("./bedrock/doctor/doctor-context.ts");
  const { nobodysIdentity } = await import("./bedrock/identity/nobodys-identity.ts");
  return new Context({
    settings: { ...settings, identity: settings.identity ?? nobodysIdentity() },
    guardrail: settings.request?.guardrail,
    ...furtherTargets(readRoutingSettings(), settings),
    proxyFor: (address) => editorProxy() ?? environmentProxy(address, process.env),
    costOf,
    ask: async (title, detail) => {
      const button = text("Check");
      return (await dialogs.ask({ title, detail, buttons: [button], close: text("Leave Out") })) === button;
    },
    nameOf: (setting) => `outcrop.${setting}`,
  });
}

/** A place of another profile is another identity's. */
function furtherTargets(
  { isAutomatic, fastModel, failover }: RoutingSettings,
  { modelId, region: own, profile: ownProfile }: BedrockSettings,
): Pick<DoctorParts, "furtherModels" | "furtherPlaces"> {
  const places = failover.filter(({ profile = ownProfile }) => profile === ownProfile);
  const isHere = ({ region = own }: FailoverPlace): boolean => region === own;
  const here = places.filter(isHere).map(({ model }) => model);
  return {
    furtherModels: [isAutomatic ? fastModel : undefined, ...here].filter((id) => id !== undefined),
    furtherPlaces: places.flatMap((place) =>
      place.region === undefined || isHere(place) ? [] : [{ modelId: place.model ?? modelId, region: place.region }],
    ),
  };
}

/** Settings that no request could be made with are a line of the report too. */
async function startDiagnosis(
  open: () => Promise<DoctorContext>,
  makeVisible: DoctorSources["makeVisible"],
): Promise<Diagnosis> {
  let context: DoctorContext;
  try {
    context = await open();
  } catch (error) {
    if (!isModelError(error)) throw error;
    const { message, actions } = error.error;
    return {
      head: t("Outcrop connection check"),
      run: async function* () {
        yield { state: "fail", text: t("✗ Settings: {0}", message), actions };
      },
    };
  }
  return {
    head: describeHead(context),
    run: async function* (signal, onStart) {
      try {
        const { checks } = await import("./bedrock/doctor/checks.ts");
        for await (const line of runDoctor(context, checks, signal, ({ title }) => onStart(title))) {
          const actions = line.state === "fail" ? (line.actions ?? []) : [];
          yield { state: line.state, text: makeVisible(describeLine(line)), actions };
        }
      } finally {
        context.close();
      }
    },
  };
}
