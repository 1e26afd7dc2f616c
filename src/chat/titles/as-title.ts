import { wellFormed } from "../../agent/well-formed.ts";

const mostCharacters = 60;

/** One line of whole words, without quotes around it and a full stop behind; the first of what is longer. */
export function asTitle(text: string): string {
  const line = text
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/^["'“`](.+)["'”`]$/u, "$1")
    .replace(/\.$/u, "");
  if (line.length <= mostCharacters) return line;
  const cut = line.slice(0, mostCharacters);
  const end = cut.lastIndexOf(" ");
  return `${wellFormed(end > 0 ? cut.slice(0, end) : cut)}…`;
}
