import { t } from "../protocol/localize.ts";
import { type GatewayPreset, gatewayPresets, problemOfUrl, toBaseUrl } from "./gateway-presets.ts";
import type { Prompts } from "./prompts.ts";

/** Settings by their name below `outcrop.`; undefined takes one back. */
export type GatewaySettings = Readonly<Record<string, unknown>>;

export interface SetUpGatewayOptions {
  readonly prompts: Prompts;
  /** `outcrop.requestHeaders` as it is. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Why a header of this name cannot be sent, as a sentence. */
  readonly problemOfHeader: (name: string) => string | undefined;
  readonly storeSecret: (name: string, value: string) => Promise<void>;
  readonly write: (settings: GatewaySettings) => Promise<void>;
}

type Access =
  | { readonly kind: "none" | "aws" }
  | { readonly kind: "header"; readonly name: string; readonly key: string };
type ModelWish = { readonly kind: "gateway" } | { readonly kind: "id"; readonly id: string };

/**
 * Asks for what a gateway needs and writes it to the user's settings; a key goes to the secret storage. Nothing is written
 * before the last answer. Resolves with the gateway's base URL; undefined where the user has closed a question.
 */
export async function setUpGateway(options: SetUpGatewayOptions): Promise<string | undefined> {
  const { prompts, storeSecret, write } = options;
  const preset = await prompts.pick(
    t("Outcrop: Set Up Gateway (1/4)"),
    gatewayPresets.map((value) => ({ label: t(value.label), detail: t(value.detail), value })),
  );
  if (preset === undefined) return undefined;
  const url = await prompts.ask({
    title: t("Outcrop: Set Up {0} (2/4)", t(preset.label)),
    prompt: t("Base URL of the gateway"),
    placeholder: preset.placeholder,
    problemOf: problemOfUrl,
  });
  if (url === undefined) return undefined;
  const access = await askAccess(preset, options);
  if (access === undefined) return undefined;
  const model = await askModel(preset, prompts);
  if (model === undefined) return undefined;
  if (access.kind === "header") await storeSecret(preset.id, access.key);
  const endpoint = toBaseUrl(url, preset);
  await write({ ...accessSettings(preset, access, options.headers), ...modelSettings(model), endpoint });
  return endpoint;
}

async function askAccess(
  preset: GatewayPreset,
  { prompts, problemOfHeader }: SetUpGatewayOptions,
): Promise<Access | undefined> {
  const title = t("Outcrop: Set Up {0} (3/4)", t(preset.label));
  const kind = await prompts.pick<Access["kind"]>(title, [
    { label: t("An API key in a header"), detail: t("Kept in VS Code's secret storage"), value: "header" },
    { label: t("Nothing"), detail: t("The gateway signs requests itself and asks for no key"), value: "none" },
    { label: t("AWS credentials"), detail: t("Requests are signed, as for Bedrock itself"), value: "aws" },
  ]);
  if (kind !== "header") return kind === undefined ? undefined : { kind };
  const prompt = t("Name of the header");
  const name = await prompts.ask({ title, prompt, value: preset.keyHeader, problemOf: problemOfHeader });
  if (name === undefined) return undefined;
  const key = await prompts.ask({ title, prompt: t("Key for the header {0}", name), password: true });
  return key === undefined ? undefined : { kind, name, key };
}

async function askModel({ label, canDecideModel }: GatewayPreset, prompts: Prompts): Promise<ModelWish | undefined> {
  const title = t("Outcrop: Set Up {0} (4/4)", t(label));
  const kind = canDecideModel
    ? await prompts.pick<ModelWish["kind"]>(title, [
        { label: t("The gateway decides on the model"), detail: t("Requests name none"), value: "gateway" },
        {
          label: t("A model id…"),
          detail: t("The one that the gateway is set up for, or one of several"),
          value: "id",
        },
      ])
    : "id";
  if (kind !== "id") return kind === undefined ? undefined : { kind };
  const placeholder = "anthropic.claude-sonnet-4-5-20250929-v1:0";
  const id = await prompts.ask({ title, prompt: t("Model id, as the gateway knows it"), placeholder });
  return id === undefined ? undefined : { kind, id };
}

function accessSettings(preset: GatewayPreset, access: Access, headers: SetUpGatewayOptions["headers"]) {
  if (access.kind !== "header") return { authentication: access.kind };
  const { name } = access;
  const secret = `\${secret:${preset.id}}`;
  const others = Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  const value = name.toLowerCase() === "authorization" ? `Bearer ${secret}` : secret;
  return { authentication: "none", requestHeaders: { ...Object.fromEntries(others), [name]: value } };
}

function modelSettings(model: ModelWish): GatewaySettings {
  return model.kind === "gateway"
    ? { gatewayDecidesModel: true, model: undefined }
    : { gatewayDecidesModel: undefined, model: model.id };
}
