import type { Turn, TurnPart } from "./chat-state.ts";
import { t } from "./localize.ts";

/** A turn as plain text, for whoever reads it without the panel: the prompt, each step in a line, and the words. */
export function turnText({ prompt, parts }: Pick<Turn, "prompt" | "parts">): string {
  return [t("You: {0}", prompt), t("Outcrop:"), ...parts.map(partText)].filter((text) => text !== "").join("\n\n");
}

function partText(part: TurnPart): string {
  switch (part.kind) {
    case "text":
      return part.text.trim();
    case "tool":
      return `[${part.call.title}]`;
    case "steered":
      return t("You: {0}", part.prompt);
    case "notice":
      return `[${part.text}]`;
    case "reasoning":
    case "recovered":
    case "routed":
    case "compaction":
      return "";
  }
}
