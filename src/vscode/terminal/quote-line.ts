/** Beyond this a line is nothing that a person reads in a terminal, and the editing of it there is slow. */
const LONGEST_LINE = 4000;

/**
 * What is typed into a bash at its prompt so that a fresh bash of its own gets exactly `line`, as one argument, without start
 * files and without standard input: neither what the prompt's shell was told before nor how it reads its input counts.
 * Undefined where the line is too long to be typed.
 */
export function typedLine(shell: string, line: string): string | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  return `${quoteForBash(shell)} --noprofile --norc -c -- ${quoteForBash(line)} </dev/null`;
}

/** One word of one line: what a terminal would act on (a line's end, a tab, an escape) is spelled. */
function quoteForBash(text: string): string {
  if (!/[\x00-\x1f\x7f-\x9f]/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const spelled = text
    .replace(/[\\']/g, "\\$&")
    .replace(/[\x00-\x1f\x7f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replace(/[\x80-\x9f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `$'${spelled}'`;
}
