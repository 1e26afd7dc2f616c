import type { ChatState, Turn, TurnPart } from "../../protocol/chat-state.ts";

/** A chat as Markdown: prompts, answers, and a line for each call of a tool. */
export function chatToMarkdown(chat: ChatState): string {
  const turns = [...chat.past, ...(chat.current === null ? [] : [chat.current])];
  const title = chat.title === undefined ? [] : [`# ${chat.title}`];
  return `${[...title, ...turns.map(turnToMarkdown)].join("\n\n")}\n`;
}

function turnToMarkdown(turn: Turn): string {
  const attached = turn.attachments.map(({ label }) => `- ${label}`).join("\n");
  const answer = turn.parts.flatMap(partToMarkdown);
  const end = describeEnd(turn);
  return ["## You", turn.prompt, attached, "## Outcrop", ...answer, end].filter((part) => part !== "").join("\n\n");
}

function partToMarkdown(part: TurnPart): readonly string[] {
  switch (part.kind) {
    case "text":
      return [part.text.trim()];
    case "tool":
      return [`> ${part.call.title} (${part.call.status.kind})`];
    case "steered":
      return ["### You", part.prompt, "### Outcrop"];
    case "notice":
      return [`> ${part.text}`];
    case "reasoning":
    case "recovered":
    case "routed":
    case "compaction":
      return [];
  }
}

function describeEnd({ phase }: Turn): string {
  if (phase.kind !== "ended" || phase.outcome.kind === "completed") return "";
  return phase.outcome.kind === "cancelled" ? "*Canceled*" : `*Ended without a whole answer: ${phase.outcome.kind}*`;
}
