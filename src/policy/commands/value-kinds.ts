/**
 * What a word of a command may be. `path`: a file that is read, or a folder whose names are; `tree`: everything below it
 * is read as well; `linked-tree`: and where links below lead; `pathspec` and `revision`: the same in git's words.
 */
const patterns = {
  text: /^[^\0]*$/,
  number: /^[+-]?\d+(?:[bckKMGT]|[KMGT]i?B)?$/,
  range: /^[+-]?\d+(?:,[+-]?\d+)?$/,
  list: /^[\d,-]+$/,
  key: /^\d+(?:\.\d+)?[bdfghiMnRrV]*(?:,\d+(?:\.\d+)?[bdfghiMnRrV]*)?$/,
  name: /^[A-Za-z0-9][A-Za-z0-9._+-]*$/,
  word: /^[A-Za-z0-9_.,:+-]+$/,
  path: /^[^\0]+$/,
  tree: /^[^\0]+$/,
  "linked-tree": /^[^\0]+$/,
  /** No magic (`:(top)`, `:/`, `:!`): it may leave the folder. */
  pathspec: /^[^:\0][^\0]*$/,
  revision: /^[A-Za-z0-9_./@^~:][A-Za-z0-9_./@^~:{}+ -]*$/,
  branch: /^[A-Za-z0-9_.*/][A-Za-z0-9_.*/+-]*$/,
  /** `%G…` and `%(signature)` run gpg, also where they only sort. */
  gitFormat: /^(?!.*%(?:[-+ ]?G|\(\*?signature))[^\0]*$/,
  gitSort: /^-?(?:(?:v|version):)?(?:refname|committerdate|creatordate|authordate|taggerdate|upstream)(?::short)?$/,
  date: /^[A-Za-z0-9 :+./,@-]*$/,
  /** Without `+` it sets the clock. */
  dateFormat: /^\+[^\0]*$/,
  /** `%n` sets a variable; some shells calculate what numbers are printed from, and calculating can run commands. */
  printfFormat: /^(?:[^%\0]|%%|%-?\d*(?:\.\d+)?[sbq])*$/,
  /** Lines of a file by number; every other command of sed is left out. */
  sedLines: /^(?:\d+|\$)(?:,(?:\d+|\+\d+|\$))?[pq](?:;\d+q)?$/,
  /** Nothing that reads other files or the environment. */
  jqFilter: /^(?!.*(?:\b(?:import|include|env|modulemeta|get_search_list|input_filename)\b|ENV))[^\0]*$/s,
} as const satisfies Record<string, RegExp>;

export type ValueKind = keyof typeof patterns;

const names: ReadonlySet<string> = new Set(Object.keys(patterns));

export function isValueKind(text: string): text is ValueKind {
  return names.has(text);
}

export function isOfKind(text: string, kind: ValueKind): boolean {
  return patterns[kind].test(text);
}
