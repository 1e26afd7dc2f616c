import { createHash } from "node:crypto";

/** SHA-256, hexadecimal, by which the text of a document is known again. */
export function documentDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
