/** What Bedrock takes in `requestMetadata`: at most 16 entries, keys and values of at most 256 of these characters. */
const refused = /[^a-zA-Z0-9\s:_@$#=/+,.-]+/gu;
const longest = 256;
const mostEntries = 16;

/** The entries as Bedrock takes them; what is left empty is left out. */
export function cleanMetadata(entries: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const cleaned = Object.entries(entries)
    .map(([key, value = ""]) => [clean(key), clean(value)] as const)
    .filter(([key, value]) => key !== "" && value !== "");
  return Object.fromEntries(cleaned.slice(0, mostEntries));
}

function clean(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(refused, "-")
    .trim()
    .slice(0, longest);
}
