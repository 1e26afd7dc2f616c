/** Characters of one tool result: some 12,000 tokens, so that one call never takes more than a corner of the smallest window. */
export const RESULT_SIZE = 48_000;

/** As a limit of a tool reads: at most 48,000 characters of result. */
export function sizeLimit(characters: number = RESULT_SIZE): string {
  return `at most ${characters.toLocaleString("en")} characters of result`;
}
