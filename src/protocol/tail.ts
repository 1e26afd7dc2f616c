/** Characters of a running tool's live output that are kept; the result has its own limits. */
const mostCharacters = 65_536;

/** The end of live output: a task may print more than anyone reads, or a state should hold. */
export function tail(output: string): string {
  return output.length > mostCharacters ? output.slice(-mostCharacters) : output;
}
