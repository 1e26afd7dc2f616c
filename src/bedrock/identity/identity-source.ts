import { t } from "../../protocol/localize.ts";
import { type Authentication, isAwsEndpoint } from "../bedrock-settings.ts";
import type { AwsProfile, ProfileKind } from "./aws-profile.ts";
import type { StoredKeys } from "./identity.ts";

/** What requests are signed with. `missing`: nothing is there; `instance` shows only when it is asked. */
export type SourceKind =
  | ProfileKind
  | "api-key"
  | "keys"
  | "environment"
  | "container"
  | "instance"
  | "none"
  | "missing";

/** Where credentials come from, as the settings and the environment say it. Nothing was asked for them yet. */
export interface IdentitySource {
  readonly kind: SourceKind;
  /** As the user knows it: the profile's name, or what stands in its place. */
  readonly name: string;
  readonly profile?: AwsProfile;
  /** Sentences: what is used before what, and what is not used. */
  readonly overrides: readonly string[];
}

export interface SourceSettings {
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  readonly authentication?: Authentication;
}

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly profiles: readonly AwsProfile[];
  readonly stored: StoredKeys;
}

const apiKeyVariable = "AWS_BEARER_TOKEN_BEDROCK";
const keyVariable = "AWS_ACCESS_KEY_ID";
/** Which profile is the default one: of the AWS CLI, and unknown to the SDK. */
const defaultVariable = "AWS_DEFAULT_PROFILE";
const profileVariables = ["AWS_PROFILE", defaultVariable];

/** Which source it is, in the order in which `authenticate` and the SDK's chain look. Pure. */
export function identitySource(settings: SourceSettings, around: Surroundings): IdentitySource {
  const { environment, stored } = around;
  const apiKey = environment[apiKeyVariable];
  switch (settings.authentication ?? "automatic") {
    case "none":
      return { kind: "none", name: t("No credentials"), overrides: [] };
    case "keys":
      return {
        kind: stored.accessKeys === undefined ? "missing" : "keys",
        name: t("Stored access keys"),
        overrides: passedOver(
          t("the stored access keys were chosen"),
          [keyVariable, ...profileVariables, apiKeyVariable],
          around,
        ),
      };
    case "apiKey":
      return {
        kind: stored.apiKey === undefined && !apiKey ? "missing" : "api-key",
        name: stored.apiKey === undefined ? t("API key in {0}", apiKeyVariable) : t("Stored API key"),
        overrides:
          stored.apiKey === undefined
            ? []
            : passedOver(t("the stored API key was chosen"), [apiKeyVariable, keyVariable], around),
      };
    case "aws":
      return chainOrProfile(settings, around);
    case "automatic":
      if (settings.profile === undefined && apiKey) {
        const others = [keyVariable, ...profileVariables].filter((name) => environment[name]);
        const overrides = [
          t(
            "{0} is used before {1}: outcrop.authentication is automatic.",
            apiKeyVariable,
            [t("AWS profiles"), ...others].join(", "),
          ),
        ];
        return { kind: "api-key", name: t("API key in {0}", apiKeyVariable), overrides };
      }
      return chainOrProfile(settings, around);
  }
}

function chainOrProfile(settings: SourceSettings, around: Surroundings): IdentitySource {
  const { profile } = settings;
  if (profile === undefined) return chain(settings, around);
  const reason = t("the profile {0} was chosen", profile);
  return ofProfile(
    profile,
    around,
    passedOver(reason, [...profileVariables, keyVariable, apiKeyVariable], around, profile),
  );
}

/** The SDK's default chain: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html */
function chain({ endpoint, authentication }: SourceSettings, around: Surroundings): IdentitySource {
  const { environment, profiles } = around;
  const chosen = environment["AWS_PROFILE"];
  if (chosen) {
    const others = [keyVariable, defaultVariable].filter((name) => environment[name] && environment[name] !== chosen);
    const before = others.map((name) => t("AWS_PROFILE is used before {0}.", name));
    return ofProfile(chosen, around, [t("AWS_PROFILE names the profile."), ...before]);
  }
  if (environment[keyVariable] && environment["AWS_SECRET_ACCESS_KEY"]) {
    const before = environment[defaultVariable] ? defaultVariable : t("the profiles of ~/.aws");
    const overrides = profiles.length === 0 ? [] : [t("{0} is used before {1}.", keyVariable, before)];
    return { kind: "environment", name: t("Keys in {0}", keyVariable), overrides };
  }
  const byDefault = defaultProfile(around);
  if (byDefault !== undefined) return byDefault;
  if (environment["AWS_WEB_IDENTITY_TOKEN_FILE"] && environment["AWS_ROLE_ARN"]) {
    return { kind: "web-identity", name: t("Web identity of the environment"), overrides: [] };
  }
  if (environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]) {
    return { kind: "container", name: t("Container role"), overrides: [] };
  }
  if (authentication !== "aws" && !isAwsEndpoint(endpoint))
    return { kind: "none", name: t("No credentials"), overrides: [] };
  const isDisabled = (environment["AWS_EC2_METADATA_DISABLED"] ?? "false") !== "false";
  return isDisabled
    ? { kind: "missing", name: t("No AWS credentials"), overrides: [] }
    : { kind: "instance", name: t("Instance role"), overrides: [] };
}

/** Undefined where it has no way to any credentials, so that the chain goes on. */
function defaultProfile(around: Surroundings): IdentitySource | undefined {
  const named = around.environment[defaultVariable];
  const source = ofProfile(named || "default", around, named ? [t("{0} names the profile.", defaultVariable)] : []);
  return source.kind === "incomplete" || (source.kind === "missing" && !named) ? undefined : source;
}

function ofProfile(name: string, { profiles }: Surroundings, overrides: readonly string[]): IdentitySource {
  const profile = profiles.find((each) => each.name === name);
  return { kind: profile?.kind ?? "missing", name, ...(profile !== undefined && { profile }), overrides };
}

/** A source that was chosen is never overridden; what the environment has besides is not used. */
function passedOver(
  reason: string,
  variables: readonly string[],
  { environment }: Surroundings,
  chosen?: string,
): readonly string[] {
  const there = variables.filter((name) => environment[name] && environment[name] !== chosen);
  return there.length === 0 ? [] : [t("Not used, because {0}: {1}.", reason, there.join(", "))];
}
