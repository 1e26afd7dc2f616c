import names from "./tables/names.json" with { type: "json" };

const programs: ReadonlySet<string> = new Set(names.programs);
const subcommands: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(names.subcommands));

/**
 * Whether tables exist for a program, or for a program and its sub-command: what a safe prefix may begin with. Their
 * names are a list of their own, so that rules can be read without the tables, which are loaded with the first command.
 */
export function hasTable(words: readonly string[]): boolean {
  const [program, subcommand] = words;
  if (program === undefined) return false;
  if (programs.has(program)) return true;
  const own = subcommands.get(program);
  return own !== undefined && (subcommand === undefined || own.includes(subcommand));
}
