/** Characters that are masked and kept of one text: of files that large read_file masks the whole as well. */
const mostCharacters = 4_000_000;
const tailCharacters = 400_000;
/** No secret on one line is longer. */
const longestSecret = 4_096;

/** Of a longer text the beginning and the end, cut between two words, so that no secret is cut in two. */
export function boundedText(text: string): string {
  if (text.length <= mostCharacters) return text;
  const head = text.slice(0, mostCharacters - tailCharacters);
  const tail = text.slice(-tailCharacters);
  const lastBlank = Math.max(head.lastIndexOf(" "), head.lastIndexOf("\n"));
  const firstBlank = tail.slice(0, longestSecret).search(/\s/u);
  const kept = [
    lastBlank > head.length - longestSecret ? head.slice(0, lastBlank) : head,
    firstBlank === -1 ? tail : tail.slice(firstBlank),
  ];
  const left = text.length - kept.join("").length;
  return kept.join(`\n… (${left.toLocaleString("en")} characters: more than is kept of a result) …\n`);
}
