import { t, text } from "../../../protocol/localize.ts";
import { describeChain, readChain } from "../certificate-chain.ts";
import type { Check } from "../check.ts";

/** Whether this computer trusts the endpoint's certificate, and what is wrong with it where it does not. */
export const checkCertificate: Check = {
  id: "certificate",
  title: text("TLS certificate"),
  needs: ["region"],
  limitMs: 30_000,
  run: async (context, signal) => {
    const probe = await context.probe(signal);
    const { address } = probe;
    if (address.protocol !== "https:") {
      return { state: "skipped", why: t("{0} is plain HTTP: nothing on the way is encrypted.", address.origin) };
    }
    if (probe.reached) return { state: "pass", what: t("The certificate of {0} is trusted.", address.hostname) };
    if (probe.failure.kind !== "tls") return { state: "skipped", why: t("{0} could not be reached.", address.host) };
    const chain = await readChain(address, signal).catch(() => []);
    return {
      state: "fail",
      what: describeProblem(address.hostname, probe.code, chain.at(-1)?.issuer),
      fix: certificateFix(probe.code, context.parts.nameOf("caBundle")),
      actions: ["open-settings"],
      details: [...describeChain(chain), t("Node's code: {0}", probe.code ?? "none")],
    };
  },
};

/** What helps, by Node's code, with the setting that names a file of authorities: more trust does not help a certificate that is out of date or is for another name. */
export function certificateFix(code: string | undefined, caBundle: string): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return t("Check this computer's clock; if it is right, whoever runs the endpoint has to renew its certificate.");
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return t("Set the endpoint to a name that the certificate is for, or have a certificate made for this one.");
    default:
      return t(
        "Install the root certificate of your organisation, proxy or gateway on this computer, or name its PEM file in {0} or AWS_CA_BUNDLE.",
        caBundle,
      );
  }
}

function describeProblem(host: string, code: string | undefined, root: string | undefined): string {
  const issuer = root === undefined ? t("an issuer") : root;
  switch (code) {
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return t("The certificate of {0} is signed by itself, not by an issuer that this computer trusts.", host);
    case "SELF_SIGNED_CERT_IN_CHAIN":
      return t("The certificate of {0} comes from {1}, which this computer does not trust.", host, issuer);
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return t(
        "The certificate of {0} comes from {1}, which this computer does not know, or the server leaves out an intermediate certificate.",
        host,
        issuer,
      );
    case "CERT_HAS_EXPIRED":
      return t("The certificate of {0} has expired.", host);
    case "CERT_NOT_YET_VALID":
      return t("The certificate of {0} is not valid yet: its time or this computer's clock is wrong.", host);
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return t("The certificate is for other names than {0}.", host);
    default:
      return t("The certificate of {0} is not trusted.", host);
  }
}
