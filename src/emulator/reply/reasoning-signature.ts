import { createHash } from "node:crypto";

const prefix = "emulator-";

/** The emulator's own signature of a reasoning text. */
export function signReasoning(text: string): string {
  return `${prefix}${createHash("sha256").update(text).digest("base64")}`;
}

/** False when the signature is the emulator's and the text is not the one that it signed. */
export function isReasoningUnchanged(text: string, signature: string): boolean {
  return !signature.startsWith(prefix) || signature === signReasoning(text);
}
