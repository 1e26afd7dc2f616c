// Bidirectional overrides and invisible characters can make text read differently from what it is (CVE-2021-42574), and
// carry words that only a model reads. Joiners (U+200C, U+200D) and emoji's variation selectors stay: scripts and emoji
// need them. An approval's texts come from the host, which has written out these, too.
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f/gu;

/** Writes control, bidirectional and invisible characters out as `⟦U+202E⟧`, so that what is read is what is there. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟦U+${code.toString(16).toUpperCase().padStart(4, "0")}⟧`;
  });
}
