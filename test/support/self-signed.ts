import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for 127.0.0.1, localhost and one more name, made by openssl. */
export function makeSelfSigned(name = "localhost"): SelfSigned {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-cert-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const names = `subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:${name}`;
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const files = ["-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", names];
    execFileSync("openssl", [...made, ...files], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes this process trust it, as a certificate of the operating system's store would be trusted. */
export function trust({ cert }: SelfSigned): void {
  setDefaultCACertificates([...getCACertificates("default"), cert]);
}
