import { t } from "../../protocol/localize.ts";
import type { SsoSession } from "./aws-profile.ts";
import type { IdentitySource } from "./identity-source.ts";

/** What helps a source whose credentials have ended, are missing or were refused. */
export type WayToSignIn =
  | { readonly kind: "device"; readonly session: SsoSession }
  /** Looking again is enough: the user is asked for a code, or the machine for its role. */
  | { readonly kind: "again" }
  | { readonly kind: "api-key" }
  | { readonly kind: "access-keys" }
  /** A tool of its own signs in, or writes the keys anew. */
  | { readonly kind: "terminal" }
  | { readonly kind: "outside" }
  /** There is nothing to sign in to: another source is to be chosen. */
  | { readonly kind: "select" };

/** `holdsToken`: whether the session's token still serves, as far as its file tells. */
export function wayToSignIn({ kind, name, profile }: IdentitySource, holdsToken: boolean): WayToSignIn {
  switch (kind) {
    case "sso":
    case "sso-legacy":
      return profile?.sso === undefined ? { kind: "select" } : { kind: "device", session: profile.sso };
    case "assume-role": {
      const needsCode = profile?.mfaSerial !== undefined;
      if (profile?.sso !== undefined && !(needsCode && holdsToken)) return { kind: "device", session: profile.sso };
      return { kind: needsCode ? "again" : "outside" };
    }
    case "login":
      return { kind: "terminal" };
    case "static":
    case "process":
    case "web-identity":
      return { kind: profile === undefined ? "select" : "outside" };
    case "api-key":
      return { kind: name === t("Stored API key") ? "api-key" : "select" };
    case "keys":
      return { kind: "access-keys" };
    case "container":
    case "instance":
    case "environment":
    case "incomplete":
    case "none":
    case "missing":
      return { kind: "select" };
  }
}
