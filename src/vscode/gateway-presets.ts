import { t, text } from "../protocol/localize.ts";

/** What is known of a kind of gateway before its user says anything. */
export interface GatewayPreset {
  readonly id: string;
  /** Translated where it is shown, as `detail` is. */
  readonly label: string;
  readonly detail: string;
  readonly placeholder: string;
  /** Where its Bedrock API lies when the user names only the host. */
  readonly path: string;
  readonly keyHeader: string;
  /** It may be asked without naming a model. */
  readonly canDecideModel: boolean;
}

export const gatewayPresets: readonly GatewayPreset[] = [
  {
    id: "kong",
    label: "Kong AI Gateway",
    detail: text("ai-proxy or ai-proxy-advanced with llm_format: bedrock (3.10 or newer)"),
    placeholder: "https://kong.example.com:8443/bedrock",
    path: "",
    keyHeader: "apikey",
    canDecideModel: true,
  },
  {
    id: "litellm",
    label: "LiteLLM",
    detail: text("Its pass-through of the Bedrock API, at /bedrock"),
    placeholder: "https://litellm.example.com",
    path: "/bedrock",
    keyHeader: "Authorization",
    canDecideModel: false,
  },
  {
    id: "gateway",
    label: text("Another gateway"),
    detail: text("Whatever takes POST /model/<id>/converse-stream"),
    placeholder: "https://gateway.example.com",
    path: "",
    keyHeader: "x-api-key",
    canDecideModel: true,
  },
];

/** The base URL that the SDK puts `/model/…` behind, from what a user copies: the host alone, or a whole request's URL. */
export function toBaseUrl(text: string, { path }: Pick<GatewayPreset, "path">): string {
  const url = new URL(text);
  const given = url.pathname.replace(/\/model(?:\/.*)?$/u, "").replace(/\/+$/u, "");
  return `${url.origin}${given === "" ? path : given}`;
}

/** What is wrong with a gateway's address, as a sentence. */
export function problemOfUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return t("An http or https URL.");
  if (url.username !== "" || url.password !== "") return t("Without user and password: a key goes into a header.");
  return undefined;
}
