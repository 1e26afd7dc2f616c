import type { Attachment } from "../../protocol/attachment.ts";

/** Characters, some 5,000 tokens: what is longer goes along only where the user says so. */
const mostUnasked = 20_000;

/** Whether what the active editor shows goes with a prompt where the user has not said so of it. `isAlways`: the setting says so. */
export function goesUnasked(kind: Attachment["kind"], characters: number, isAlways: boolean): boolean {
  return isAlways || (kind === "selection" && characters <= mostUnasked);
}
