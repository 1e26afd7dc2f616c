import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import { untilAborted } from "../../agent/until-aborted.ts";
import { isAwsEndpoint } from "../bedrock-settings.ts";
import { regionOf } from "../client-region.ts";
import { authenticate, isNoKeys } from "../credentials.ts";
import { readErrorFacts } from "../error-facts.ts";
import { kindOf } from "../error-kind.ts";
import { serviceClient } from "../identity/service-client.ts";
import { secretsOf } from "../settings-secrets.ts";
import type { DescribeIdentity, Identity } from "./identity.ts";

/** How the SDK marks where credentials came from (`CREDENTIALS_…` of its feature ids). */
const sources: readonly (readonly [feature: string, words: string])[] = [
  ["CREDENTIALS_PROFILE_SSO", "IAM Identity Center"],
  ["CREDENTIALS_SSO", "IAM Identity Center"],
  ["CREDENTIALS_PROFILE_SSO_LEGACY", "IAM Identity Center"],
  ["CREDENTIALS_SSO_LEGACY", "IAM Identity Center"],
  ["CREDENTIALS_PROFILE_LOGIN", "aws login"],
  ["CREDENTIALS_LOGIN", "aws login"],
  ["CREDENTIALS_PROFILE_PROCESS", "credential_process"],
  ["CREDENTIALS_PROCESS", "credential_process"],
  ["CREDENTIALS_STS_ASSUME_ROLE_WEB_ID", "a web identity token"],
  ["CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN", "a web identity token"],
  ["CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN", "a web identity token"],
  ["CREDENTIALS_STS_ASSUME_ROLE", "an assumed role"],
  ["CREDENTIALS_HTTP", "the container's role"],
  ["CREDENTIALS_IMDS", "the instance's role"],
  ["CREDENTIALS_ENV_VARS", "the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
  ["CREDENTIALS_PROFILE", "keys in ~/.aws"],
];

/** By the SDK's own chain, then STS. Behind a gateway nobody is asked: its answer would say nothing of the gateway. */
export const describeIdentity: DescribeIdentity = async (settings, signal) => {
  const identity = authenticate(settings, process.env);
  if (identity.httpAuthSchemes !== undefined) {
    return { kind: "none", source: "Requests are not signed", secrets: [] };
  }
  if (identity.token !== undefined) {
    const isStored = settings.authentication === "apiKey" && settings.identity?.stored.apiKey !== undefined;
    const where = isStored ? "that is stored in VS Code" : "in AWS_BEARER_TOKEN_BEDROCK";
    return { kind: "api-key", source: `the Bedrock API key ${where}`, secrets: [] };
  }
  const { credentials } = identity;
  const keys = await untilAborted(
    Promise.resolve(typeof credentials === "function" ? credentials() : credentials),
    signal,
  );
  if (keys === undefined || isNoKeys(keys)) {
    return { kind: "none", source: "No AWS credentials were found, which suits gateways only", secrets: [] };
  }
  const found: Identity = {
    kind: "keys",
    source:
      settings.authentication === "keys"
        ? "the access keys that are stored in VS Code"
        : sourceOf(keys, settings.profile),
    secrets: [keys.secretAccessKey, ...(keys.sessionToken === undefined ? [] : [keys.sessionToken])],
    ...(keys.expiration !== undefined && { expiresAt: keys.expiration }),
  };
  if (!isAwsEndpoint(settings.endpoint)) return found;
  const client = new STSClient({
    region: "us-east-1",
    ...regionOf(settings),
    credentials: keys,
    ...serviceClient(settings.network),
  });
  try {
    const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    return { ...found, ...(account !== undefined && { account }), ...(arn !== undefined && { arn }) };
  } catch (error) {
    signal.throwIfAborted();
    const facts = readErrorFacts(error, [...found.secrets, ...secretsOf(settings, process.env)]);
    if (kindOf(facts, false) === "auth") throw error;
    return { ...found, unknown: facts.message };
  } finally {
    client.destroy();
  }
};

function sourceOf(keys: AwsCredentialIdentity, profile: string | undefined): string {
  const marks: unknown = Reflect.get(keys, "$source");
  const words =
    typeof marks === "object" && marks !== null ? sources.find(([feature]) => feature in marks)?.[1] : undefined;
  const named = profile ?? (words?.startsWith("the variables") ? undefined : process.env["AWS_PROFILE"]);
  if (named === undefined) return words ?? "the AWS SDK's default chain";
  return words === undefined ? `the profile ${named}` : `the profile ${named}, ${words}`;
}
