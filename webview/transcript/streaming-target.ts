/** Names under which inputs of tools say what they are about. */
const targetOf = /"(?:path|command|label|pattern|glob|query|url|from)"\s*:\s*"((?:[^"\\]|\\.)*)/;

/** Enough of an input to have its target in it, and of a target to know it by, in UTF-16 units. */
const longestStart = 4000;
const longestTarget = 100;

/** What a call is about whose input is still being written, as far as it has come; empty where that is not told yet. */
export function streamingTarget(input: string): string {
  const raw = targetOf.exec(input.slice(0, longestStart))?.[1] ?? "";
  const text = unescaped(raw).replace(/\s+/g, " ").trim();
  return text.length > longestTarget ? `${text.slice(0, longestTarget)}…` : text;
}

/** The text of a JSON string's inside, without half an escape at its end. */
function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw.replace(/\\u[\da-f]{0,3}$/i, "")}"`));
  } catch {
    return raw;
  }
}
