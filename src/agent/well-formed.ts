/** Half of a character cut in two is refused by Bedrock as invalid JSON; it becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
