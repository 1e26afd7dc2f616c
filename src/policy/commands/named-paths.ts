import type { ArgumentCheck, ReadPath } from "./argument-check.ts";
import type { SimpleCommand } from "./simple-command.ts";

/** A path on the line and what is done there; `unknown` = a program without a table names it. */
export interface NamedPath extends ReadPath {
  readonly access: "read" | "write" | "unknown";
}

/** Every path that a command's arguments and redirections name, or may name. */
export function namedPaths(command: SimpleCommand, check: ArgumentCheck | undefined): readonly NamedPath[] {
  return [...argumentPaths(command, check), ...redirectedPaths(command)];
}

function argumentPaths(command: SimpleCommand, check: ArgumentCheck | undefined): readonly NamedPath[] {
  if (check?.kind === "safe") return check.reads.map((read) => ({ ...read, access: "read" }));
  return command.words.slice(1).flatMap(({ text, position }) => {
    const path = pathIn(text);
    return path === undefined
      ? []
      : [{ text: path, position, depth: "itself", isOfRepository: false, access: "unknown" }];
  });
}

/** The path in a word: all of it, what follows `=`, or what follows a flag's letters from its first slash on. */
function pathIn(text: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  const value = text.includes("=") ? text.slice(text.indexOf("=") + 1) : text.startsWith("-") ? fromSlash(text) : text;
  return value === "" || value === "/dev/null" ? undefined : value;
}

function fromSlash(flag: string): string {
  const at = flag.search(/[~/]/);
  return at === -1 ? "" : flag.slice(at);
}

function redirectedPaths({ redirections }: SimpleCommand): readonly NamedPath[] {
  return redirections.flatMap(({ operator, target: { text, position } }) => {
    if (text === "/dev/null" || operator === "<<<" || /^\d*-?$/.test(text) || text.startsWith("/dev/tcp/")) return [];
    const access = operator.includes(">") ? "write" : "read";
    return [{ text, position, depth: "itself", isOfRepository: false, access } satisfies NamedPath];
  });
}
