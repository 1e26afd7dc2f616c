import { untilAborted } from "../../agent/until-aborted.ts";
import { t } from "../../protocol/localize.ts";
import { type BedrockSettings, isAwsEndpoint } from "../bedrock-settings.ts";
import { classifyError } from "../classify-error.ts";
import { environmentRegion } from "../client-region.ts";
import { authenticate, credentialKey, isNoKeys } from "../credentials.ts";
import { readErrorFacts } from "../error-facts.ts";
import { kindOf } from "../error-kind.ts";
import { secretsOf } from "../settings-secrets.ts";
import { apiKeyExpiry } from "./api-key-expiry.ts";
import { callerIdentity } from "./caller-identity.ts";
import { findRegion } from "./find-region.ts";
import { type IdentitySource, identitySource, type SourceKind } from "./identity-source.ts";
import { loadProfiles } from "./load-profiles.ts";
import { readTokenLife, type TokenLife } from "./sso-token.ts";

/** Who requests come from, as it is now. */
export interface IdentityDescription {
  /** As the user knows it: the profile's name, or what stands in its place. */
  readonly source: string;
  readonly kind: SourceKind;
  readonly account?: string;
  readonly arn?: string;
  /** Why STS, which was asked, did not say whose they are. */
  readonly unknown?: string;
  /** Undefined where the settings leave it to the gateway, or nothing names one. */
  readonly region?: string;
  /** When the credentials end; absent where they do not, or do not say. */
  readonly expiration?: Date;
  /** Of IAM Identity Center: until when its token holds, and whether it is refreshed without a sign-in. */
  readonly session?: TokenLife;
  /** Sentences: what is used before what, and what is not used. */
  readonly overrides: readonly string[];
}

/** A network without a way to STS must not keep anybody waiting. */
const stsLimitMs = 10_000;

/**
 * Resolves the credentials and asks STS whose they are. An STS that cannot be reached, or refuses to say, leaves account and
 * ARN out; no STS is asked for an API key and for a gateway's. Rejects with a `ModelError`.
 */
export function describeIdentity(settings: BedrockSettings, signal: AbortSignal): Promise<IdentityDescription> {
  return describe(settings, signal, () => true);
}

/** The same where it bothers nobody: neither for a code nor for whatever a program would ask for. */
export function describeQuietly(settings: BedrockSettings, signal: AbortSignal): Promise<IdentityDescription> {
  return describe(settings, signal, ({ kind, profile }) => {
    const mayAsk = kind === "process" || kind === "login" || profile?.mfaSerial !== undefined;
    return !mayAsk || settings.identity?.holds(credentialKey(settings)) === true;
  });
}

async function describe(
  settings: BedrockSettings,
  signal: AbortSignal,
  mayResolve: (source: IdentitySource) => boolean,
): Promise<IdentityDescription> {
  const source = await findSource(settings);
  const region = await findRegion(settings, process.env);
  const account = source.profile?.account;
  try {
    const resolved = mayResolve(source)
      ? await resolve(settings, source, region, signal)
      : { ...(account !== undefined && { account }) };
    const session = source.profile?.sso && (await readTokenLife(source.profile.sso.id));
    return {
      source: source.name,
      kind: source.kind,
      ...(region !== undefined && { region }),
      ...resolved,
      ...(session !== undefined && { session }),
      overrides: [...source.overrides, ...regionOverride(settings, source)],
    };
  } catch (error) {
    signal.throwIfAborted();
    const { modelId, endpoint } = settings;
    const secrets = secretsOf(settings, process.env);
    throw classifyError(error, { modelId, region, endpoint, requestId: undefined, secrets });
  }
}

/** Where the environment sends a profile's requests to another region than its own, as with the AWS CLI. */
function regionOverride({ region }: BedrockSettings, { profile }: IdentitySource): readonly string[] {
  const found = region === undefined ? environmentRegion(process.env) : undefined;
  if (found === undefined || profile?.region === undefined || profile.region === found.region) return [];
  return [
    t(
      "{0} ({1}) is used before the region of the profile {2} ({3}).",
      found.from,
      found.region,
      profile.name,
      profile.region,
    ),
  ];
}

/** Which source the settings mean, without asking it for anything. */
export async function findSource(settings: BedrockSettings): Promise<IdentitySource> {
  const profiles = await loadProfiles();
  return identitySource(settings, { environment: process.env, profiles, stored: settings.identity?.stored ?? {} });
}

async function resolve(
  settings: BedrockSettings,
  { kind, profile }: IdentitySource,
  region: string | undefined,
  signal: AbortSignal,
): Promise<Partial<IdentityDescription>> {
  const { token, credentials } = authenticate(settings, process.env);
  if (kind === "none") return {};
  if (token !== undefined) {
    const expiration = "token" in token ? apiKeyExpiry(token.token) : undefined;
    return expiration === undefined ? {} : { expiration };
  }
  if (typeof credentials !== "function") return {};
  const resolving = credentials();
  const key = credentialKey(settings);
  const resolved = await (settings.identity?.whileWaiting(key, signal, resolving) ?? untilAborted(resolving, signal));
  // A gateway is asked even where the source has nothing to give.
  if (isNoKeys(resolved)) return { kind: "none", source: t("No credentials") };
  const account = resolved.accountId ?? profile?.account;
  const { expiration } = resolved;
  const known = { ...(account !== undefined && { account }), ...(expiration !== undefined && { expiration }) };
  if (!mayAskSts(settings)) return known;
  const limit = AbortSignal.timeout(stsLimitMs);
  try {
    return {
      ...known,
      ...(await callerIdentity(resolved, { ...settings, region }, AbortSignal.any([signal, limit]))),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return { ...known, unknown: t("No answer within {0} s", stsLimitMs / 1_000) };
    const facts = readErrorFacts(error, secretsOf(settings, process.env));
    if (kindOf(facts, false) === "auth") throw error;
    return { ...known, unknown: facts.message };
  }
}

/** Behind a gateway AWS is asked nothing, unless the user has chosen AWS credentials. */
function mayAskSts({ endpoint, profile, authentication = "automatic" }: BedrockSettings): boolean {
  return isAwsEndpoint(endpoint) || profile !== undefined || authentication !== "automatic";
}
