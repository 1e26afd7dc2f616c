/** Most list and quote marks that one line may open. */
const maximumMarkers = 33;

const markers = new RegExp(
  `^(?:[ \\t]*(?:>|[-+*](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${maximumMarkers}}(?=[ \\t]*(?:[-+>*]|\\d))[ \\t]*`,
);
const thematicBreak = /^ {0,3}([-*])(?:[ \t]*\1)*[ \t]*$/;

/**
 * Escapes the mark that would open a 34th nested list or quote on its line; nobody writes such a line, but parsing and laying out
 * thousands of levels takes seconds. Line numbers stay as they are.
 */
export function guardNesting(source: string): string {
  if (!source.includes(">") && !/[-+*.)][ \t]+[-+*\d]/.test(source)) return source;
  return source
    .split("\n")
    .map((line) => {
      const prefix = markers.exec(line)?.[0];
      if (prefix === undefined || thematicBreak.test(line)) return line;
      return `${prefix}\\${line.slice(prefix.length)}`;
    })
    .join("\n");
}
