import type { SourceKind } from "./identity-source.ts";

/** A kind of source as users read it. */
export const sourceWords: Readonly<Record<SourceKind, string>> = {
  static: "static keys",
  sso: "IAM Identity Center",
  "sso-legacy": "IAM Identity Center",
  "assume-role": "assumed role",
  "web-identity": "web identity",
  process: "credential_process",
  login: "AWS sign-in (aws login)",
  incomplete: "no credentials in it",
  "api-key": "Bedrock API key",
  keys: "access keys",
  environment: "environment variables",
  container: "container role",
  instance: "instance role",
  none: "no credentials",
  missing: "not found",
};
