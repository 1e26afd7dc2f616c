/** Characters of one tool result: some 12,000 tokens, so that one call never takes more than a corner of the smallest window. */
export const RESULT_SIZE = 48_000;

/** Characters of an error: what went wrong is seldom said in more. */
export const ERROR_SIZE = 8_000;

/** As a limit of a tool reads: at most 48,000 characters of result. What is longer is kept whole: `results/whole-results`. */
export function sizeLimit(): string {
  return `at most ${RESULT_SIZE.toLocaleString("en")} characters of result`;
}
