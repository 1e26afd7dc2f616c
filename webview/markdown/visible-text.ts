// Bidirectional overrides and invisible characters can make text read differently from what it is (CVE-2021-42574).
// Joiners (U+200C, U+200D) stay: scripts and emoji need them.
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Writes control, bidirectional and zero-width characters out as `[U+202E]`, so that what is read is what is there. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
