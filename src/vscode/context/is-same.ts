import type { PromptAttachment } from "../../chat/prompt.ts";

/** Both say the same: one of them is enough. What has no text of its own to compare is never the same as another. */
export function isSame(one: PromptAttachment, other: PromptAttachment): boolean {
  const { kind, path, startLine, text, loading, problem } = one;
  if (loading !== undefined || problem !== undefined || one.media !== undefined || kind === "pasted") return false;
  return path === other.path && startLine === other.startLine && text === other.text && kind === other.kind;
}
