import { request } from "node:https";
import { type DetailedPeerCertificate, TLSSocket } from "node:tls";
import { t } from "../../protocol/localize.ts";

/** One certificate of a chain, the server's own first. */
export interface ChainLink {
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
}

/**
 * The certificates that the server shows, whether they are trusted or not. Only the handshake is made: nothing is sent that
 * says more than the host's name.
 */
export function readChain(address: URL, signal: AbortSignal): Promise<readonly ChainLink[]> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname: address.hostname,
        port: address.port || 443,
        method: "HEAD",
        rejectUnauthorized: false,
        agent: false,
        signal,
      },
      () => undefined,
    );
    asked.on("error", reject);
    asked.once("socket", (socket) => {
      if (!(socket instanceof TLSSocket)) return reject(new Error("The connection is not TLS."));
      socket.once("secureConnect", () => {
        resolve(linksOf(socket.getPeerCertificate(true)));
        asked.destroy();
      });
    });
  });
}

/** As lines for a report. */
export function describeChain(chain: readonly ChainLink[]): readonly string[] {
  return chain.map(({ subject, issuer, validTo }, at) =>
    t("Certificate {0}: {1}, issued by {2}, valid until {3}", at + 1, subject, issuer, validTo),
  );
}

function linksOf(leaf: DetailedPeerCertificate): readonly ChainLink[] {
  const links: ChainLink[] = [];
  const seen = new Set<string>();
  for (
    let at: DetailedPeerCertificate | undefined = leaf;
    at?.subject !== undefined && !seen.has(at.fingerprint256);
  ) {
    seen.add(at.fingerprint256);
    links.push({ subject: nameOf(at.subject), issuer: nameOf(at.issuer), validTo: at.valid_to });
    at = at.issuerCertificate;
  }
  return links;
}

function nameOf({ CN, O }: { readonly CN?: string | string[]; readonly O?: string | string[] }): string {
  return [CN ?? O ?? t("no name")].flat().join(", ");
}
