import type { ToolSet } from "../tools/tool-sets.ts";

/** The name under which a set's own row is checked; no tool has such a name. */
export function rowOf({ name }: Pick<ToolSet, "name">): string {
  return `set ${name}`;
}

/** The rows that are checked where these tools are on: a set's row when all of its tools are. */
export function checkedRows(sets: readonly ToolSet[], isOn: (tool: string) => boolean): ReadonlySet<string> {
  return new Set(
    sets.flatMap((set) => {
      const on = set.tools.map(({ name }) => name).filter(isOn);
      return on.length === set.tools.length ? [rowOf(set), ...on] : on;
    }),
  );
}

/** The rows that are to be checked after the user changed some: pressing a set's row turns all of its tools on or off. */
export function followSets(
  sets: readonly ToolSet[],
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
): ReadonlySet<string> {
  const pressed = new Map(
    sets.flatMap((set) => {
      const row = rowOf(set);
      return before.has(row) === now.has(row) ? [] : set.tools.map(({ name }) => [name, now.has(row)] as const);
    }),
  );
  return checkedRows(sets, (tool) => pressed.get(tool) ?? now.has(tool));
}
