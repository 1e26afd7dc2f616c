import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import type { RefusedPlace } from "../agent/model.ts";
import type { BlockPlace } from "../protocol/withheld.ts";
import { isPrompt } from "./compaction.ts";

/**
 * The blocks of the conversation that became the refused place of a request. On the way messages are merged and blocks
 * dropped and rewritten; so a copy of the conversation whose blocks say where they stand is sent along the same way, and
 * what arrives at that place is read. `send` gives the request's messages; it must be pure. Empty: the place is
 * nothing of the conversation's.
 */
export function refusedPlaces(
  { message, block }: RefusedPlace,
  messages: readonly Message[],
  send: (messages: readonly Message[]) => readonly Message[],
): readonly BlockPlace[] {
  const places = messages.flatMap(({ content = [] }, at) => content.map((_, index) => ({ message: at, block: index })));
  let next = 0;
  const marked = messages.map((original) => ({
    ...original,
    content: (original.content ?? []).map((part) => markBlock(part, next++)),
  }));
  const arrived = send(marked)[message]?.content ?? [];
  const refused = block === undefined ? arrived : arrived.slice(block, block + 1);
  return refused.flatMap(readMarks).flatMap((mark) => places[mark] ?? []);
}

/**
 * The messages that hold what the user asks now: it is never left out, since an answer to something else is worse than
 * none. `prompt`: as the turn has it; a message that asks to go on stands behind it.
 */
export function promptPlaces(messages: readonly Message[], prompt: string | undefined): ReadonlySet<number> {
  const asked = messages.findLastIndex((message) => isPrompt(message) && message.content?.at(-1)?.text === prompt);
  return new Set([asked, messages.findLastIndex(isPrompt)]);
}

/** Blank text must stay blank, since it may be dropped for that: its length is its mark. */
function markBlock(part: ContentBlock, mark: number): ContentBlock {
  const text = `⟦${mark}⟧`;
  if (part.text !== undefined) return { text: part.text.trim() === "" ? " ".repeat(mark + 1) : text };
  if (part.toolUse !== undefined) return { toolUse: { ...part.toolUse, input: { mark: text } } };
  if (part.toolResult !== undefined) return { toolResult: { ...part.toolResult, content: [{ text }] } };
  const reasoning = part.reasoningContent?.reasoningText;
  if (reasoning !== undefined) return { reasoningContent: { reasoningText: { ...reasoning, text } } };
  return part.image !== undefined || part.document !== undefined ? { text } : part;
}

function readMarks(part: ContentBlock): readonly number[] {
  if (part.text !== undefined && part.text.trim() === "") return [part.text.length - 1];
  const said = JSON.stringify([part.text, part.toolUse?.input, part.toolResult?.content, part.reasoningContent]);
  return [...said.matchAll(/⟦(\d+)⟧/gu)].map(([, mark]) => Number(mark));
}
