import * as z from "zod";
import { type ProgramTable, programTable } from "./program-table.ts";
import type { CommandWord } from "./simple-command.ts";
import facts from "./tables/facts.json" with { type: "json" };
import files from "./tables/files.json" with { type: "json" };
import git from "./tables/git.json" with { type: "json" };
import search from "./tables/search.json" with { type: "json" };
import texts from "./tables/texts.json" with { type: "json" };

/** Flags of git before its sub-command that change nothing but the output. */
const harmlessGlobals: ReadonlySet<string> = new Set(["--no-pager", "--no-optional-locks"]);

let loaded: ReadonlyMap<string, ProgramTable> | undefined;

/** All tables by name: `ls`, `git status`. */
export function programTables(): ReadonlyMap<string, ProgramTable> {
  loaded ??= new Map(
    z
      .array(programTable)
      .parse([...files, ...texts, ...search, ...facts, ...git])
      .map((table) => [tableName(table), table]),
  );
  return loaded;
}

function tableName({ program, subcommand }: ProgramTable): string {
  return subcommand === undefined ? program : `${program} ${subcommand}`;
}

export interface TableMatch {
  readonly name: string;
  readonly table: ProgramTable;
  /** The words after the program and its sub-command. */
  readonly rest: readonly CommandWord[];
}

/** The table for a command whose program is a bare name in exact case; undefined = no list of safe words is kept. */
export function tableFor(words: readonly CommandWord[]): TableMatch | undefined {
  const [program, ...rest] = words;
  if (program === undefined) return undefined;
  const own = programTables().get(program.text);
  if (own !== undefined) return own.subcommand === undefined ? { name: program.text, table: own, rest } : undefined;
  const at = rest.findIndex(({ text }) => !harmlessGlobals.has(text));
  const subcommand = rest[at];
  if (subcommand === undefined) return undefined;
  const name = `${program.text} ${subcommand.text}`;
  const table = programTables().get(name);
  return table?.program === program.text ? { name, table, rest: rest.slice(at + 1) } : undefined;
}
