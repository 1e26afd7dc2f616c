import type { Turn } from "./chat-state.ts";

/** The text of a step that broke off, behind which the answer can go on; its reasoning and its calls are no part of it. */
export function brokenText({ parts, step, wholeStep }: Turn): string {
  if (step <= wholeStep) return "";
  return parts.flatMap((part) => (part.kind === "text" && part.step === step ? [part.text] : [])).join("");
}
