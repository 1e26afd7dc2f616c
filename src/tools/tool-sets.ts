import type { Effect, Tool } from "../agent/tool.ts";
import { t, text } from "../protocol/localize.ts";

export const TALK_SET = text("Built-in: Talk");

const byEffect: Readonly<Record<Effect, string>> = {
  read: text("Built-in: Find and read"),
  write: text("Built-in: Change"),
  execute: text("Built-in: Run"),
  network: text("Built-in: Network"),
};

export interface ToolSet {
  readonly name: string;
  readonly tools: readonly Tool[];
}

/** The tools in their sets, in the order in which the sets first appear, the built-in ones first. */
export function toolSets(tools: readonly Tool[]): readonly ToolSet[] {
  const sets = new Map<string, Tool[]>([...Object.values(byEffect), TALK_SET].map((name) => [name, []]));
  for (const tool of tools) {
    const name = tool.set ?? byEffect[tool.effect];
    sets.set(name, [...(sets.get(name) ?? []), tool]);
  }
  return [...sets]
    .filter(([, members]) => members.length > 0)
    .map(([name, members]) => ({ name: t(name), tools: members }));
}
