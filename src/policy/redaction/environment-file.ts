import type { SecretSpan } from "./secret-span.ts";

/** `.env`, `.env.local`, `production.env`, `.envrc`: every value in them may be a secret. */
export function isEnvironmentFile(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return /^\.env(?:rc|\..+)?$|\.env$/iu.test(name);
}

const assignment = /^([ \t]*(?:#[ \t]*)?(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*[=:][ \t]?)(.*)$/u;
const commentAfter = /[ \t]+#[ \t].*$/u;

/**
 * What of an environment file is masked: the values, also of keys that are commented out, and the further lines of
 * quoted values. Keys, comments and blank lines stay. A line that is none of these is masked as a whole.
 */
export function maskedParts(text: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  let openQuote = "";
  let start = 0;
  for (const line of text.split("\n")) {
    const content = line.endsWith("\r") ? line.slice(0, -1) : line;
    const part = openQuote === "" ? valuePart(content) : { from: 0, value: content };
    openQuote = quoteAfter(openQuote, part.value);
    const value = openQuote === "" ? part.value.replace(commentAfter, "") : part.value;
    const trimmed = value.trimEnd();
    if (trimmed !== "") {
      spans.push({ start: start + part.from, end: start + part.from + trimmed.length, kind: "env-value" });
    }
    start += line.length + 1;
  }
  return spans;
}

function valuePart(line: string): { readonly from: number; readonly value: string } {
  const match = assignment.exec(line);
  if (match !== null) return { from: match[1]?.length ?? 0, value: match[2] ?? "" };
  const isPlain = /^[ \t]*(?:#|$)/u.test(line);
  return { from: isPlain ? line.length : (/\S/u.exec(line)?.index ?? 0), value: isPlain ? "" : line.trimStart() };
}

/** The quote that is still open after the value, or none. */
function quoteAfter(openQuote: string, value: string): string {
  const first = value[0] ?? "";
  const quote = openQuote === "" ? (/["'`]/u.test(first) ? first : "") : openQuote;
  if (quote === "") return "";
  const rest = openQuote === "" ? value.slice(1) : value;
  return rest.replace(/\\./gu, "").includes(quote) ? "" : quote;
}
