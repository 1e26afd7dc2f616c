import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { fromEnv, fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { type BedrockSettings, isAwsEndpoint } from "./bedrock-settings.ts";

type Authentication = Pick<BedrockRuntimeClientConfig, "authSchemePreference" | "credentials" | "token">;
type Provider = Extract<BedrockRuntimeClientConfig["credentials"], (...args: never[]) => unknown>;

/**
 * How requests are signed. The scheme is always named, because `AWS_BEARER_TOKEN_BEDROCK` in the environment would
 * otherwise override a profile that the user chose (seen with the SDK 3.1162).
 */
export function authenticate(settings: BedrockSettings, environment: NodeJS.ProcessEnv): Authentication {
  const apiKey = environment["AWS_BEARER_TOKEN_BEDROCK"];
  if (settings.profile === undefined && apiKey) {
    return { authSchemePreference: ["httpBearerAuth"], token: { token: apiKey } };
  }
  return { authSchemePreference: ["sigv4"], credentials: chooseProvider(settings) };
}

function chooseProvider(settings: BedrockSettings): Provider {
  const { profile, region } = settings;
  const clientConfig = region === undefined ? {} : { region };
  if (profile !== undefined) return fromIni({ profile, clientConfig, ignoreCache: true });
  if (isAwsEndpoint(settings.endpoint)) return fromNodeProviderChain({ clientConfig, ignoreCache: true });
  return gatewayProvider(clientConfig);
}

/**
 * A gateway may want AWS credentials or none at all. What the environment or the default profile holds is used; where
 * there is nothing the request is signed with a key that is none, as gateways that sign by themselves expect.
 */
function gatewayProvider(clientConfig: { region?: string }): Provider {
  return async () => {
    for (const provider of [fromEnv(), fromIni({ clientConfig, ignoreCache: true })]) {
      try {
        return await provider();
      } catch {
        // This source has none; the next may.
      }
    }
    return { accessKeyId: "outcrop-gateway", secretAccessKey: "none" };
  };
}
