import { text } from "../../protocol/localize.ts";
import type { SourceKind } from "./identity-source.ts";

/** A kind of source as users read it. */
export const sourceWords: Readonly<Record<SourceKind, string>> = {
  static: text("static keys"),
  sso: text("IAM Identity Center"),
  "sso-legacy": text("IAM Identity Center"),
  "assume-role": text("assumed role"),
  "web-identity": text("web identity"),
  process: "credential_process",
  login: text("AWS sign-in (aws login)"),
  incomplete: text("no credentials in it"),
  "api-key": text("Bedrock API key"),
  keys: text("access keys"),
  environment: text("environment variables"),
  container: text("container role"),
  instance: text("instance role"),
  none: text("no credentials"),
  missing: text("not found"),
};
