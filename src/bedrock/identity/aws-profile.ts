/** How a profile of `~/.aws` gets its credentials. `incomplete`: it has a region or the like, and no way to any. */
export type ProfileKind =
  | "static"
  | "sso"
  | "sso-legacy"
  | "assume-role"
  | "web-identity"
  | "process"
  | "login"
  | "incomplete";

/** A sign-in to IAM Identity Center, shared by the profiles that name it. */
export interface SsoSession {
  /** Names the token in the SDK's cache: the session's name, or the start URL of a profile without a session. */
  readonly id: string;
  readonly startUrl: string;
  readonly region: string;
  /** What the token is for; none without a session, and then no refresh either. */
  readonly scopes: readonly string[];
}

/** A profile as the files say it, without its secrets. */
export interface AwsProfile {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region?: string;
  readonly account?: string;
  readonly role?: string;
  /** Where signing in helps: of the profile itself, or of that with whose credentials the role is assumed. */
  readonly sso?: SsoSession;
  /** Whose credentials assume the role: a profile, or `credential_source`. */
  readonly from?: string;
  /** Of the device whose code is asked for: by the role itself, or by one on the way to it. */
  readonly mfaSerial?: string;
  /** Keys with a session token: they end, and nothing here renews them. */
  readonly isTemporary?: true;
}

/** Profiles and sections `sso-session.<name>`, as the SDK's loader gives them. */
export type ProfileSections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

type Section = ProfileSections[string];

const sessionPrefix = "sso-session.";
const defaultScopes = ["sso:account:access"];

/** The profiles by name; which of its keys count is decided in the SDK's order. Nothing is asked for over the network. */
export function readAwsProfiles(sections: ProfileSections): readonly AwsProfile[] {
  return Object.entries(sections)
    .filter(([name]) => !/^(?:sso-session|services)\./u.test(name))
    .map(([name, section]) => readProfile(name, section, sections));
}

function readProfile(name: string, section: Section, sections: ProfileSections): AwsProfile {
  const kind = kindOf(section);
  const { region } = section;
  const role = kind === "sso" || kind === "sso-legacy" ? section["sso_role_name"] : nameOf(section["role_arn"]);
  const account = section["sso_account_id"] ?? section["aws_account_id"] ?? section["role_arn"]?.split(":")[4];
  const from = kind === "assume-role" ? (section["source_profile"] ?? section["credential_source"]) : undefined;
  const sso = sessionOf(name, sections, new Set());
  const mfaSerial = deviceOf(name, sections, new Set());
  return {
    name,
    kind,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...(role !== undefined && { role }),
    ...(sso !== undefined && { sso }),
    ...(from !== undefined && { from }),
    ...(mfaSerial !== undefined && { mfaSerial }),
    ...(kind === "static" && section["aws_session_token"] !== undefined && { isTemporary: true }),
  };
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html, in the order of the SDK for JavaScript. */
function kindOf(section: Section): ProfileKind {
  const has = (key: string): boolean => section[key] !== undefined;
  if (has("role_arn") && has("source_profile") !== has("credential_source")) return "assume-role";
  if (has("aws_access_key_id") && has("aws_secret_access_key")) return "static";
  if (has("web_identity_token_file") && has("role_arn")) return "web-identity";
  if (has("credential_process")) return "process";
  if (has("sso_session")) return "sso";
  if (has("sso_start_url") || has("sso_account_id")) return "sso-legacy";
  return has("login_session") ? "login" : "incomplete";
}

/** Keys of a profile that assumes another's role are used before a role of its own. */
function deviceOf(name: string, sections: ProfileSections, seen: Set<string>): string | undefined {
  const section = sections[name];
  if (section === undefined || seen.has(name) || kindOf(section) !== "assume-role") return undefined;
  if (seen.size > 0 && section["aws_access_key_id"] !== undefined) return undefined;
  seen.add(name);
  return section["mfa_serial"] ?? deviceOf(section["source_profile"] ?? "", sections, seen);
}

/** `seen`: a role may lead back to itself. */
function sessionOf(name: string, sections: ProfileSections, seen: Set<string>): SsoSession | undefined {
  const section = sections[name];
  if (section === undefined || seen.has(name)) return undefined;
  seen.add(name);
  switch (kindOf(section)) {
    case "assume-role":
      return sessionOf(section["source_profile"] ?? "", sections, seen);
    case "sso": {
      const id = section["sso_session"] ?? "";
      const session = sections[`${sessionPrefix}${id}`];
      const scopes = session?.["sso_registration_scopes"]?.split(",").map((scope) => scope.trim()) ?? defaultScopes;
      return toSession(id, session, scopes);
    }
    case "sso-legacy":
      return toSession(section["sso_start_url"] ?? "", section, []);
    case "static":
    case "web-identity":
    case "process":
    case "login":
    case "incomplete":
      return undefined;
  }
}

function toSession(id: string, section: Section | undefined, scopes: readonly string[]): SsoSession | undefined {
  const { sso_start_url: startUrl, sso_region: region } = section ?? {};
  return startUrl === undefined || region === undefined ? undefined : { id, startUrl, region, scopes };
}

/** The last part of a role's ARN. */
function nameOf(arn: string | undefined): string | undefined {
  return arn?.split("/").at(-1);
}
