import { makeVisible } from "../../policy/display/make-visible.ts";

/** Characters: what a person can still read before they send it. */
const mostText = 4_000;

/**
 * The prompt of a link such as `vscode://outcrop.outcrop/ask?prompt=…`: whoever wrote it may be anyone, so what is hidden in
 * it is made visible and it is cut where it is long. Other parameters do not count. Undefined: it holds none.
 */
export function parsePromptLink(path: string, query: string): string | undefined {
  if (path !== "/ask") return undefined;
  const given = new URLSearchParams(query).get("prompt")?.replace(/\r\n?/gu, "\n").trim() ?? "";
  if (given === "") return undefined;
  const text = makeVisible(given);
  return text.length <= mostText ? text : `${text.slice(0, mostText).replace(/[\ud800-\udbff]$/u, "")}…`;
}
