/** Deeper levels are not indented further. */
const MOST_INDENTS = 20;
/** A document of little but brackets would become many times as long. */
const MOST_GROWTH = 4;

/** A document of JSON with a line for each member; undefined where it is none. Numbers and texts stay as they are written. */
export function spreadJson(text: string): string | undefined {
  if (!/^\s*[{[]/u.test(text) || !isJson(text)) return undefined;
  const parts: string[] = [];
  let size = 0;
  let depth = 0;
  let previous = "";
  const add = (part: string): void => {
    parts.push(part);
    size += part.length;
  };
  const breakLine = (): void => add(`\n${"  ".repeat(Math.min(depth, MOST_INDENTS))}`);
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gu)) {
    const isEnd = token === "}" || token === "]";
    const isBehindStart = previous === "{" || previous === "[";
    if (isEnd) depth--;
    if (isEnd !== isBehindStart) breakLine();
    add(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth++;
    if (token === ",") breakLine();
    previous = token;
    if (size > MOST_GROWTH * text.length + 1000) return undefined;
  }
  return parts.join("");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
