import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { fromEnv, fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { type BedrockSettings, isAwsEndpoint } from "./bedrock-settings.ts";
import { configurationError } from "./configuration-error.ts";

type Identity = Pick<
  BedrockRuntimeClientConfig,
  "authSchemePreference" | "credentials" | "token" | "httpAuthSchemes" | "httpAuthSchemeProvider"
>;
type Provider = Extract<BedrockRuntimeClientConfig["credentials"], (...args: never[]) => unknown>;

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
} satisfies Identity;

/**
 * How requests are signed. The scheme is always named, because `AWS_BEARER_TOKEN_BEDROCK` in the environment would
 * otherwise override a profile that the user chose (seen with the SDK 3.1162). Throws a `ModelError` of kind
 * `configuration`.
 */
export function authenticate(settings: BedrockSettings, environment: NodeJS.ProcessEnv): Identity {
  const apiKey = environment["AWS_BEARER_TOKEN_BEDROCK"];
  switch (settings.authentication ?? "automatic") {
    case "none":
      if (isAwsEndpoint(settings.endpoint)) throw needsGateway();
      return unsigned;
    case "apiKey":
      if (!apiKey) throw needsApiKey();
      return bearer(apiKey);
    case "aws":
      return sigV4(chosenProvider(settings));
    case "automatic":
      if (settings.profile === undefined && apiKey) return bearer(apiKey);
      return sigV4(isAwsEndpoint(settings.endpoint) ? chosenProvider(settings) : gatewayProvider(settings));
  }
}

function bearer(token: string): Identity {
  return { authSchemePreference: ["httpBearerAuth"], token: { token } };
}

function sigV4(credentials: Provider): Identity {
  return { authSchemePreference: ["sigv4"], credentials };
}

function chosenProvider({ profile, region }: BedrockSettings): Provider {
  const clientConfig = region === undefined ? {} : { region };
  if (profile !== undefined) return fromIni({ profile, clientConfig, ignoreCache: true });
  return fromNodeProviderChain({ clientConfig, ignoreCache: true });
}

/**
 * A gateway may want AWS credentials or none at all. A chosen profile is used, else what the environment or the default
 * profile holds; where there is nothing the request is signed with a key that is none, as gateways that sign by themselves
 * expect.
 */
function gatewayProvider(settings: BedrockSettings): Provider {
  if (settings.profile !== undefined) return chosenProvider(settings);
  const clientConfig = settings.region === undefined ? {} : { region: settings.region };
  return async () => {
    for (const provider of [fromEnv(), fromIni({ clientConfig, ignoreCache: true })]) {
      try {
        return await provider();
      } catch {
        // This source has none; the next may.
      }
    }
    return noKeys;
  };
}

function needsGateway(): Error {
  return configurationError(
    "Amazon Bedrock takes no request without credentials: outcrop.authentication may be none only with outcrop.endpoint set to a gateway.",
    ["open-settings"],
  );
}

function needsApiKey(): Error {
  return configurationError(
    "There is no Bedrock API key: set AWS_BEARER_TOKEN_BEDROCK, or set outcrop.authentication to aws or automatic.",
    ["open-settings"],
  );
}
