import type { ConverseCall } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";

/** What a turn of the soak does before it answers. */
export const soakKinds = ["talk", "search", "read", "both", "task", "slow"] as const;
export type SoakKind = (typeof soakKinds)[number];

export function soakPrompt(turn: number, kind: SoakKind): string {
  return `Turn ${turn}: ${kind}`;
}

export function soakAnswer(turn: number): string {
  return `This is the answer to turn ${turn}.`;
}

const search = { name: "search_files", input: { pattern: "needle" } };
const read = { name: "read_file", input: { path: "notes.txt" } };

const toolUses: Readonly<Record<SoakKind, NonNullable<Reply["toolUses"]>>> = {
  talk: [],
  search: [search],
  read: [read],
  both: [search, read, { name: "read_file", input: { path: "missing.txt" } }],
  task: [{ name: "run_task", input: { label: "quick" } }],
  slow: [{ name: "run_task", input: { label: "slow" } }],
};

/** The fault-free answer to the last prompt of a request: its tools first, then the sentence. */
export function soakReply({ request }: ConverseCall): Reply {
  const messages = request.messages ?? [];
  const prompts = messages.map(({ content }) => content.findLast(({ text }) => text?.startsWith("Turn "))?.text);
  const at = prompts.findLastIndex((text) => text !== undefined);
  const [, turn, kind] = /^Turn (\d+): (\w+)$/.exec(prompts[at] ?? "") ?? [];
  const uses = toolUses[soakKinds.find((name) => name === kind) ?? "talk"];
  const called = messages.slice(at).some(({ content }) => content.some(({ toolUse }) => toolUse !== undefined));
  if (uses.length > 0 && !called) {
    return { reasoning: { text: "I need to look into the workspace first." }, text: "Let me see.", toolUses: uses };
  }
  return { text: soakAnswer(Number(turn)) };
}
