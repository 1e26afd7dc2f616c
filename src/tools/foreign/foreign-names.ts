import { createHash } from "node:crypto";

const longest = 64;
const digits = 8;

/**
 * The names under which the model is offered them, by the editor's own: those of MCP servers begin with `mcp_`, all others
 * with `ext_`, as no built-in does. What Converse does not take becomes `_`; names that would be one then end in a digest.
 */
export function foreignNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const plain = ids.map((id) => [id, plainName(id)] as const);
  const counts = new Map<string, number>();
  for (const [, name] of plain) counts.set(key(name), (counts.get(key(name)) ?? 0) + 1);
  return new Map(
    plain.map(([id, name]) => {
      const isAlone = counts.get(key(name)) === 1 && name.length <= longest;
      return [id, isAlone ? name : `${name.slice(0, longest - digits - 1)}_${digest(id)}`];
    }),
  );
}

function plainName(id: string): string {
  const name = id.replace(/[^a-zA-Z0-9_]/gu, "_");
  return /^mcp_./.test(name) ? name : `ext_${name}`;
}

function key(name: string): string {
  return name.toLowerCase();
}

function digest(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, digits);
}
