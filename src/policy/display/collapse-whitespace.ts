/** Longer runs of white space push what follows out of sight. */
const longestRun = 40;
const longRuns = new RegExp(`\\s{${longestRun + 1},}`, "gu");

/** Long runs of spaces, tabs and newlines as `·×5000`, their number visible, so that what follows them is seen. */
export function collapseWhitespace(text: string): string {
  return text.replace(longRuns, (run) => ` ·×${[...run].length} `);
}
