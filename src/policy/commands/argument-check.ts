import type { CommandWord } from "./simple-command.ts";
import type { ValueKind } from "./value-kinds.ts";
import type { TreeDepth } from "./withheld-below.ts";

/** How much of what is at a path is read: itself (of a folder, the names in it), or what is below it as well. */
export type ReadDepth = "itself" | TreeDepth;

export interface ReadPath {
  /** As written, relative to the current folder. */
  readonly text: string;
  readonly position: number;
  readonly depth: ReadDepth;
  /** It may be relative to the top of the repository instead. */
  readonly isOfRepository: boolean;
}

export type ArgumentCheck =
  | { readonly kind: "safe"; readonly reads: readonly ReadPath[] }
  /** What is not on the list, in plain words, with its offset into the line. */
  | { readonly kind: "refused"; readonly reason: string; readonly position: number };

export function refuse(word: CommandWord, problem: string): ArgumentCheck {
  return { kind: "refused", reason: `${JSON.stringify(word.text)} ${problem}`, position: word.position };
}

/** What a word of this kind makes the program read. */
export function readsOf({ text, position }: CommandWord, kind: ValueKind): readonly ReadPath[] {
  const path = (name: string, depth: ReadDepth, isOfRepository = false): ReadPath[] =>
    name === "" || name === "-" || name === "/dev/null" ? [] : [{ text: name, position, depth, isOfRepository }];
  switch (kind) {
    case "path":
    case "pathspec":
      return path(text, "itself");
    case "tree":
    case "linked-tree":
      return path(text, kind);
    case "revision": {
      const [, ...inside] = text.split(":");
      return [...path(text, "itself"), ...inside.flatMap((name) => path(name, "itself", true))];
    }
    default:
      return [];
  }
}
