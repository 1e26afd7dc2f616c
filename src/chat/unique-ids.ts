import type { ChatState } from "../protocol/chat-state.ts";

/** Ids for tool calls: the model's `toolUseId`, or that with a number where the session has seen it before. */
export function uniqueIds(chat: ChatState): (toolUseId: string) => string {
  const turns = chat.current === null ? chat.past : [...chat.past, chat.current];
  const seen = new Set(
    turns.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === "tool" ? part.call.id : []))),
  );
  return (toolUseId) => {
    let id = toolUseId;
    for (let count = 2; seen.has(id); count++) id = `${toolUseId}-${count}`;
    seen.add(id);
    return id;
  };
}
