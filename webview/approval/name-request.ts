import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { t } from "../strings.ts";

/** Characters of a command or an address in a line. */
const longestDetail = 80;

/** What is asked, in one line: with the beginning of the command, or the address, which titles do not name. */
export function nameRequest({ title, details }: ApprovalRequest): string {
  const named = details.find(({ label, format }) => format === "command" || label === t("Request"));
  const text = named?.value.replace(/\s+/g, " ").trim();
  if (text === undefined) return title;
  return `${title} ${text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text}`;
}
