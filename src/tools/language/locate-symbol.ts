import { ToolError } from "../../agent/tool.ts";

const MOST_LINES = 20;

export interface SoughtSymbol {
  /** The name as it stands in the code; of `a.b` or `A::b` the last part is meant, with or without the rest. */
  readonly symbol: string;
  /** 1-based. */
  readonly line: number;
}

/** A file's text, and what may be told of it: the same lines with secrets masked. */
export interface SearchedText {
  readonly shown: string;
  readonly text: string;
  readonly masked: string;
}

/**
 * Where in its line a name begins, in characters: models count lines well and columns badly.
 * Throws a `ToolError` that says on which lines the name is, where it is not on this one.
 */
export function locateSymbol({ shown, text, masked }: SearchedText, { symbol, line }: SoughtSymbol): number {
  const lines = text.split("\n");
  const told = masked.split("\n");
  if (line > lines.length) throw new ToolError(`${shown} has ${lines.length} lines; there is no line ${line}.`);
  const last = symbol.split(/\.|::|#|->/u).at(-1) || symbol;
  const names = [...new Set([symbol, last])];
  for (const name of names) {
    const at = wordIn(lines[line - 1] ?? "", name);
    if (at !== -1 && wordIn(told[line - 1] ?? "", name) !== -1) return at + name.length - last.length;
  }
  const others = names.map((name) => ({ name, on: linesWith(told, name) })).find(({ on }) => on.length > 0);
  if (others === undefined) throw new ToolError(`${symbol} is not in ${shown}. Use search_files to find where it is.`);
  throw new ToolError(`${others.name} is not on line ${line} of ${shown}. It is on ${listLines(others.on)}.`);
}

function linesWith(lines: readonly string[], name: string): readonly number[] {
  return lines.flatMap((line, index) => (wordIn(line, name) === -1 ? [] : [index + 1]));
}

function listLines(lines: readonly number[]): string {
  const left = lines.length - MOST_LINES;
  const listed = lines.slice(0, MOST_LINES).join(", ");
  return `line${lines.length === 1 ? "" : "s"} ${listed}${left > 0 ? ` and ${left} more` : ""}`;
}

/** The first place where the name is not a part of a longer one; -1 = none. */
function wordIn(line: string, name: string): number {
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1)) {
    const startsWord = !(isWord(name.at(0)) && isWord(line[at - 1]));
    const endsWord = !(isWord(name.at(-1)) && isWord(line[at + name.length]));
    if (startsWord && endsWord) return at;
  }
  return -1;
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}\p{M}_$]/u.test(letter);
}
