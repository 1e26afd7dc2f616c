import { t, text } from "../../protocol/localize.ts";
import { type Authentication, isAwsEndpoint } from "../bedrock-settings.ts";
import type { AwsProfile } from "./aws-profile.ts";
import { identitySource, type SourceSettings, type Surroundings } from "./identity-source.ts";
import { sourceWords } from "./source-words.ts";

/** A source of credentials in words, and what the settings become when it is chosen. */
export interface IdentityOption {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly choice: { readonly profile: string; readonly authentication: Authentication };
  readonly isCurrent: boolean;
  readonly needsSignIn: boolean;
}

/** What the token of a session at IAM Identity Center says; undefined where there is none. */
export type SessionWords = (id: string) => string | undefined;

const signedOut = text("signed out");
const nothing = text("nothing found");

/** All there is on this machine to choose from. Nothing is asked for over the network. Pure. */
export function identityOptions(
  settings: SourceSettings,
  around: Surroundings,
  session: SessionWords,
): readonly IdentityOption[] {
  const { authentication = "automatic", profile = "" } = settings;
  const { profiles, stored, environment } = around;
  const isCurrent = (choice: IdentityOption["choice"]): boolean =>
    choice.profile === profile &&
    (choice.authentication === authentication || (profile !== "" && authentication === "automatic"));
  const option = (
    label: string,
    description: string,
    choice: IdentityOption["choice"],
    rest: Partial<Pick<IdentityOption, "detail" | "needsSignIn">> = {},
  ): IdentityOption => {
    const { overrides } = identitySource({ ...settings, ...toSettings(choice) }, around);
    const detail = [rest.detail, ...overrides].filter((line) => line !== undefined).join(" ");
    return { label, description, detail, choice, isCurrent: isCurrent(choice), needsSignIn: rest.needsSignIn === true };
  };
  const now = (choice: IdentityOption["choice"]): string => {
    const { name, kind } = identitySource({ ...settings, ...toSettings(choice) }, around);
    // Only asking the network would tell.
    if (kind === "instance") return t("the instance's role, if this machine has one");
    return kind === "missing" ? t(nothing) : t("now: {0} ({1})", name, t(sourceWords[kind]));
  };
  const automatic = { profile: "", authentication: "automatic" } as const;
  const chain = { profile: "", authentication: "aws" } as const;
  const environmentKey = environment["AWS_BEARER_TOKEN_BEDROCK"];
  const first = option(t("Automatic"), now(automatic), automatic, {
    detail: t("An API key of the environment, else AWS credentials."),
  });
  const named = profiles.map((each) => ofProfile(each, session, option));
  return [
    ...(first.description === t(nothing) ? [...named, first] : [first, ...named]),
    option(t("AWS credentials of this machine"), now(chain), chain, {
      detail: t("Environment, default profile, container or instance role; never an API key."),
    }),
    ...(stored.apiKey !== undefined || environmentKey
      ? [
          option(
            t("Bedrock API key"),
            stored.apiKey === undefined ? "AWS_BEARER_TOKEN_BEDROCK" : t("stored in VS Code"),
            {
              profile: "",
              authentication: "apiKey",
            },
          ),
        ]
      : []),
    ...(stored.accessKeys === undefined
      ? []
      : [option(t("Stored access keys"), t("stored in VS Code"), { profile: "", authentication: "keys" })]),
    ...(isAwsEndpoint(settings.endpoint)
      ? []
      : [option(t("No credentials"), t("the gateway signs by itself"), { profile: "", authentication: "none" })]),
  ];
}

function toSettings({ profile, authentication }: IdentityOption["choice"]): Omit<SourceSettings, "endpoint"> {
  return { profile: profile === "" ? undefined : profile, authentication };
}

function ofProfile(
  profile: AwsProfile,
  session: SessionWords,
  option: (
    label: string,
    description: string,
    choice: IdentityOption["choice"],
    rest: Partial<Pick<IdentityOption, "detail" | "needsSignIn">>,
  ) => IdentityOption,
): IdentityOption {
  const { name, kind, account, role, region, sso, from, mfaSerial, isTemporary } = profile;
  const description = [t(sourceWords[kind]), account, role, region].filter((part) => part !== undefined).join(" · ");
  const said = sso === undefined ? undefined : (session(sso.id) ?? t(signedOut));
  const details = [
    said,
    from && t("from {0}", from),
    mfaSerial && t("asks for a multi-factor code"),
    isTemporary && t("temporary keys"),
  ].filter((part) => typeof part === "string" && part !== "");
  const sentence = details.join(", ");
  return option(
    name,
    description,
    { profile: name, authentication: "aws" },
    {
      ...(sentence !== "" && { detail: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.` }),
      needsSignIn: said === t(signedOut),
    },
  );
}
