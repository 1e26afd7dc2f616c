import { ToolError } from "../agent/tool.ts";
import { checkGlob, endOfClass } from "./check-glob.ts";

const MOST_GLOBS = 100;

/**
 * Expands `{a,b}` and refuses globs that leave the root (`..`, absolute). Both search engines get the same plain globs, because
 * ripgrep does not know nested braces and .gitignore matchers know none. Throws a `ToolError` for a glob that is none, E_PATH for one that leaves.
 */
export function expandGlobs(glob: string): readonly string[] {
  checkGlob(glob);
  const negation = glob.startsWith("!") ? "!" : "";
  const expanded = expandBraces(glob.slice(negation.length));
  return expanded.map((one) => {
    const plain = one.replace(/^(\.\/)+/, "");
    checkStaysInside(plain, glob);
    return `${negation}${plain}`;
  });
}

function checkStaysInside(glob: string, original: string): void {
  const leaves = /^[\\/]|^[a-z]:/i.test(glob) || glob.split(/[\\/]/).includes("..");
  if (leaves) {
    throw new ToolError(
      `E_PATH The glob ${JSON.stringify(original)} leaves the folder that is searched. Globs are relative; use path to search elsewhere.`,
    );
  }
  if (glob.trim() === "") throw new ToolError(`The glob ${JSON.stringify(original)} is empty.`);
}

function expandBraces(glob: string): readonly string[] {
  let done: readonly string[] = [""];
  let rest = glob;
  for (let group = nextGroup(rest); group !== undefined; group = nextGroup(rest)) {
    const { before, parts } = group;
    const choices = parts.flatMap(expandBraces);
    done = done.flatMap((start) => choices.map((choice) => start + before + choice));
    if (done.length > MOST_GLOBS)
      throw new ToolError(`The braces of the glob stand for more than ${MOST_GLOBS} globs.`);
    rest = group.after;
  }
  return done.map((start) => start + rest);
}

interface BraceGroup {
  readonly before: string;
  readonly parts: readonly string[];
  readonly after: string;
}

/** The first outermost group; a brace that is escaped or in a character class is a plain character. */
function nextGroup(glob: string): BraceGroup | undefined {
  let depth = 0;
  let start = 0;
  let cuts: number[] = [];
  for (let index = 0; index < glob.length; index++) {
    const letter = glob[index];
    if (letter === "\\") index++;
    else if (letter === "[") index = endOfClass(glob, index) ?? index;
    else if (letter === "{" && depth++ === 0) {
      start = index;
      cuts = [index];
    } else if (letter === "," && depth === 1) cuts.push(index);
    else if (letter === "}" && depth > 0 && --depth === 0) {
      const ends = [...cuts.slice(1), index];
      const parts = ends.map((end, part) => glob.slice((cuts[part] ?? 0) + 1, end));
      return { before: glob.slice(0, start), parts, after: glob.slice(index + 1) };
    }
  }
  return undefined;
}
