import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { fromEnv, fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { t } from "../protocol/localize.ts";
import { type BedrockSettings, isAwsEndpoint } from "./bedrock-settings.ts";
import { environmentRegion } from "./client-region.ts";
import { configurationError } from "./configuration-error.ts";
import { signingProfile } from "./identity/environment-profile.ts";
import type { CredentialProvider } from "./identity/identity.ts";
import { askForCode, sourceFirst } from "./identity/mfa-code.ts";
import { serviceClient } from "./identity/service-client.ts";
import { ssoWithoutFips } from "./identity/without-fips.ts";

type Signing = Pick<
  BedrockRuntimeClientConfig,
  "authSchemePreference" | "credentials" | "token" | "httpAuthSchemes" | "httpAuthSchemeProvider"
>;
type FromIniInit = NonNullable<Parameters<typeof fromIni>[0]>;

/** Keys that are none: whoever checks them refuses, and whoever does not needs no real ones. */
const noKeys = { accessKeyId: "outcrop-gateway", secretAccessKey: "none" };

export function isNoKeys({ accessKeyId }: { readonly accessKeyId: string }): boolean {
  return accessKeyId === noKeys.accessKeyId;
}

/**
 * Requests without any authorization of ours. The scheme is the only one there is, and the keys are given, so that no part
 * of the SDK looks for real ones.
 */
export const unsigned = {
  authSchemePreference: ["noAuth"],
  credentials: noKeys,
  httpAuthSchemeProvider: () => [{ schemeId: "smithy.api#noAuth" }],
  httpAuthSchemes: [
    {
      schemeId: "smithy.api#noAuth",
      identityProvider: () => async () => ({}),
      signer: { sign: async (request) => request },
    },
  ],
} satisfies Signing;

/**
 * How requests are signed. The scheme is always named, because `AWS_BEARER_TOKEN_BEDROCK` in the environment would
 * otherwise override a profile that the user chose (seen with the SDK 3.1162). Throws a `ModelError` of kind
 * `configuration`.
 */
export function authenticate(settings: BedrockSettings, environment: NodeJS.ProcessEnv): Signing {
  const apiKey = environment["AWS_BEARER_TOKEN_BEDROCK"];
  switch (settings.authentication ?? "automatic") {
    case "none":
      if (isAwsEndpoint(settings.endpoint)) throw needsGateway();
      return unsigned;
    case "apiKey": {
      const chosen = settings.identity?.stored.apiKey ?? apiKey;
      if (!chosen) throw needsApiKey();
      return bearer(chosen);
    }
    case "keys": {
      const keys = settings.identity?.stored.accessKeys;
      if (keys === undefined) throw needsAccessKeys();
      return sigV4(async () => keys);
    }
    case "aws":
      return sigV4(chosenProvider(settings));
    case "automatic":
      if (settings.profile === undefined && apiKey) return bearer(apiKey);
      return sigV4(isAwsEndpoint(settings.endpoint) ? chosenProvider(settings) : gatewayProvider(settings));
  }
}

function bearer(token: string): Signing {
  return { authSchemePreference: ["httpBearerAuth"], token: { token } };
}

function sigV4(credentials: CredentialProvider): Signing {
  return { authSchemePreference: ["sigv4"], credentials };
}

/** Settings with the same key have the same credentials. */
export function credentialKey(settings: BedrockSettings): string {
  const { profile, region, endpoint, authentication = "automatic" } = settings;
  const mayBeNone = profile === undefined && authentication === "automatic" && !isAwsEndpoint(endpoint);
  return JSON.stringify([profile, region, mayBeNone]);
}

function chosenProvider(settings: BedrockSettings): CredentialProvider {
  const { profile, identity } = settings;
  const key = credentialKey(settings);
  const provider = ssoWithoutFips(profile, (own) =>
    profile === undefined ? fromNodeProviderChain(toInit(settings, key, own)) : fromIni(toInit(settings, key, own)),
  );
  const ofSource = (source: string): CredentialProvider =>
    ssoWithoutFips(source, (own) => fromIni(toInit({ ...settings, profile: source }, key, own)));
  return identity?.share(key, sourceFirst(provider, profile, ofSource)) ?? provider;
}

/**
 * A gateway may want AWS credentials or none at all. A chosen profile is used, else what the environment or the default
 * profile holds; where there is nothing the request is signed with a key that is none, as gateways that sign by themselves
 * expect.
 */
function gatewayProvider(settings: BedrockSettings): CredentialProvider {
  if (settings.profile !== undefined) return chosenProvider(settings);
  const profile = fromIni(toInit(settings));
  // As in the SDK's chain: a profile that the environment names is used before its keys.
  const found: CredentialProvider = process.env["AWS_PROFILE"]
    ? profile
    : (properties) => fromEnv()().catch(() => profile(properties));
  const shared = settings.identity?.share(credentialKey(settings), found) ?? found;
  return (properties) => shared(properties).catch(() => noKeys);
}

/**
 * The region is that of the callers of STS, and no more: as `clientConfig.region` it would replace `sso_region`, and the
 * portal of another region does not know the session (seen with the SDK 3.1162, resolveSSOCredentials).
 */
function toInit(
  settings: BedrockSettings,
  key = credentialKey(settings),
  own: { readonly useFipsEndpoint?: false } = {},
): FromIniInit {
  const { profile, identity, network } = settings;
  const region = settings.region ?? environmentRegion(process.env)?.region;
  return {
    ...signingProfile(profile, process.env),
    ...(region !== undefined && { parentClientConfig: { region } }),
    ...(identity !== undefined && { mfaCodeProvider: askForCode(identity, key, profile) }),
    clientConfig: { ...serviceClient(network, profile), ...own },
    ignoreCache: true,
  };
}

function needsGateway(): Error {
  return configurationError(
    t(
      "Amazon Bedrock takes no request without credentials: outcrop.authentication may be none only with outcrop.endpoint set to a gateway.",
    ),
    ["open-settings"],
  );
}

function needsApiKey(): Error {
  return configurationError(
    t(
      "There is no Bedrock API key: set one with Outcrop: Set API Key or in AWS_BEARER_TOKEN_BEDROCK, or set outcrop.authentication to aws or automatic.",
    ),
    ["sign-in", "open-settings"],
  );
}

function needsAccessKeys(): Error {
  return configurationError(
    t("There are no stored access keys: set them with Outcrop: Set Access Keys, or select another identity."),
    ["sign-in", "open-settings"],
  );
}
