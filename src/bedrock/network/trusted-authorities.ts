import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as tls from "node:tls";
import { t } from "../../protocol/localize.ts";
import { configurationError } from "../configuration-error.ts";
import { profileInUse } from "../identity/environment-profile.ts";
import { profileBundle } from "./profile-bundle.ts";

/** Who is trusted to vouch for an endpoint, and the file that adds to them. */
export interface TrustedAuthorities {
  /** All of them, as PEM. Undefined: nothing is added, so that Node and VS Code use their own. */
  readonly ca: readonly string[] | undefined;
  /** What named the file, and the file. */
  readonly bundle: Bundle | undefined;
}

interface Bundle {
  readonly from: "outcrop.caBundle" | "AWS_CA_BUNDLE" | `ca_bundle of the profile ${string}`;
  readonly path: string;
}

const certificate = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/gu;

/**
 * The certificate authorities of a file of the organisation's own, added to those of the system: to name any replaces
 * Node's, and VS Code then adds none. Named by the setting, else as for the AWS CLI: by its variable, else by the profile.
 * Throws a `ModelError` of kind `configuration` that names the file.
 */
export function trustedAuthorities(
  caBundle: string | undefined,
  environment: NodeJS.ProcessEnv,
  profile?: string,
): TrustedAuthorities {
  const bundle = findBundle(caBundle, environment, profileInUse(profile, environment));
  if (bundle === undefined) return { ca: undefined, bundle };
  const own = readCertificates(bundle.path, bundle.from);
  return { ca: [...new Set([...systemAuthorities(environment), ...own])], bundle };
}

function findBundle(caBundle: string | undefined, environment: NodeJS.ProcessEnv, profile: string): Bundle | undefined {
  if (caBundle) return { from: "outcrop.caBundle", path: caBundle };
  const variable = environment["AWS_CA_BUNDLE"];
  if (variable) return { from: "AWS_CA_BUNDLE", path: variable };
  const path = profileBundle(profile, environment);
  return path === undefined ? undefined : { from: `ca_bundle of the profile ${profile}`, path };
}

function readCertificates(path: string, from: string): readonly string[] {
  const text = readText(path);
  if (text === undefined) throw unusable(from, path, t("cannot be read"));
  const found = text.match(certificate) ?? [];
  if (found.length === 0) throw unusable(from, path, t("holds no certificate in PEM form"));
  if (!found.every(isCertificate)) throw unusable(from, path, t("holds a certificate that cannot be read"));
  return found;
}

/** Without the own file of Node's variable where Node has not taken it in itself: a failure there is Node's to tell. */
function systemAuthorities(environment: NodeJS.ProcessEnv): readonly string[] {
  // Node 22.15; older ones know only those that they were built with.
  if (typeof tls.getCACertificates === "function") {
    return [...tls.getCACertificates("default"), ...tls.getCACertificates("system")];
  }
  const extra = environment["NODE_EXTRA_CA_CERTS"];
  return [...tls.rootCertificates, ...((extra && readText(extra)?.match(certificate)) || [])];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== "";
  } catch {
    return false;
  }
}

function unusable(from: string, path: string, problem: string): Error {
  return configurationError(t("The certificate file {0} ({1}) {2}.", path, from, problem), ["open-settings"]);
}
