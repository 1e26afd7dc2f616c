import { createHash } from "node:crypto";

/** SHA-256, hex, over a canonical form: arrays only, in a fixed order, so that two equal calls have one digest. */
export function approvalDigest(parts: readonly (string | readonly string[])[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
