import { type Node, parseTree } from "jsonc-parser";

export interface ChangedProperty {
  readonly name: string;
  /** As it stands in the new text. */
  readonly value: string;
}

/** Properties of a JSON text, at any depth, that the change brings or gives another value. Text that is no JSON has none. */
export function changedProperties(before: string, after: string): readonly ChangedProperty[] {
  const known = new Set(propertiesOf(before).map(keyOf));
  return propertiesOf(after).filter((property) => !known.has(keyOf(property)));
}

/** Names at the top of the object, in order, repeated where they are repeated; undefined = it is no object. */
export function topNames(text: string): readonly string[] | undefined {
  const tree = parseTree(text);
  return tree?.type === "object" ? (tree.children ?? []).map(nameOf) : undefined;
}

function propertiesOf(text: string): readonly ChangedProperty[] {
  const found: ChangedProperty[] = [];
  const waiting: Node[] = [];
  const root = parseTree(text);
  if (root !== undefined) waiting.push(root);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const child of node.children ?? []) waiting.push(child);
    const [, value] = node.type === "property" ? (node.children ?? []) : [];
    if (value !== undefined) {
      found.push({ name: nameOf(node), value: text.slice(value.offset, value.offset + value.length) });
    }
  }
  return found;
}

/** The property's name with its escapes resolved. */
function nameOf({ children: [key] = [] }: Node): string {
  const value: unknown = key?.value;
  return typeof value === "string" ? value : "";
}

function keyOf({ name, value }: ChangedProperty): string {
  return JSON.stringify([name, value]);
}
