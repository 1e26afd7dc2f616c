import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SelfSigned } from "./self-signed.ts";

/** An organisation's own certificate authority, which no system knows, and a server's certificate that it has signed. */
export interface PrivateAuthority {
  /** The authority's certificate, as it stands in a bundle. */
  readonly ca: string;
  readonly server: SelfSigned;
}

/** The server's certificate is for 127.0.0.1, localhost and one more name; made by openssl. */
export function makePrivateAuthority(name = "localhost"): PrivateAuthority {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-authority-"));
  const file = (base: string): string => join(folder, base);
  const openssl = (...parameters: readonly string[]): void => {
    execFileSync("openssl", parameters, { cwd: folder, stdio: "ignore" });
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    const authority = ["-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Outcrop test authority"];
    openssl("req", "-x509", ...key, ...authority, "-addext", "keyUsage=critical,keyCertSign");
    openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=gateway");
    writeFileSync(file("names"), `subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:${name}`);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
    openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", ...signed);
    const read = (base: string): string => readFileSync(file(base), "utf8");
    return { ca: read("ca.pem"), server: { key: read("server.key"), cert: read("server.pem") } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
