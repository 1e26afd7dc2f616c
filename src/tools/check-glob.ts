import { ToolError } from "../agent/tool.ts";

/**
 * Refuses the globs that ripgrep refuses (docs.rs/globset, ErrorKind), with its reasons, so that the slow engine does not take them for
 * plain text. Throws a `ToolError`.
 */
export function checkGlob(glob: string): void {
  let depth = 0;
  for (let index = 0; index < glob.length; index++) {
    const letter = glob[index];
    if (letter === "\\") index++;
    else if (letter === "[") index = checkClass(glob, index);
    else if (letter === "{") depth++;
    else if (letter === "}" && depth-- === 0) throw invalid(glob, "unopened alternate group; missing '{'");
    if (index >= glob.length) throw invalid(glob, "dangling '\\'");
  }
  if (depth > 0) throw invalid(glob, "unclosed alternate group; missing '}'");
}

/** The index of the `]` that ends the character class which begins at `start`; undefined where nothing ends it. A `]` that comes first is a member. */
export function endOfClass(glob: string, start: number): number | undefined {
  const end = glob.indexOf("]", firstOfClass(glob, start) + 1);
  return end === -1 ? undefined : end;
}

/** The index of the first member, behind `[`, `[!` or `[^`. */
function firstOfClass(glob: string, start: number): number {
  return start + (/[!^]/.test(glob[start + 1] ?? "") ? 2 : 1);
}

function checkClass(glob: string, start: number): number {
  const end = endOfClass(glob, start);
  if (end === undefined) throw invalid(glob, "unclosed character class; missing ']'");
  for (const [, from = "", to = ""] of glob.slice(firstOfClass(glob, start), end).matchAll(/(.)-(.)/gsu)) {
    if (from > to) throw invalid(glob, `invalid range; '${from}' > '${to}'`);
  }
  return end;
}

function invalid(glob: string, reason: string): ToolError {
  return new ToolError(`The glob ${JSON.stringify(glob)} is not valid: ${reason}.`);
}
