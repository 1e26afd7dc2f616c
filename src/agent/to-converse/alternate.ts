import type { ContentBlock, Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../capabilities.ts";
import { sendable } from "./sendable.ts";

interface Draft {
  readonly role: "user" | "assistant";
  readonly content: ContentBlock[];
}

/** Merges neighbours of one role, begins and ends with the user, and answers every call in the message after it. */
export function alternate(history: readonly Message[], capabilities: Capabilities): Message[] {
  const merged: Draft[] = [];
  for (const message of history) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const last = merged.at(-1);
    const asked = new Set(toolUseIds((last?.role === "user" ? merged.at(-2) : last)?.content ?? []));
    const content = sendable(message, capabilities).filter(({ toolResult }) => isAnswer(toolResult, asked));
    if (content.length === 0 || (merged.length === 0 && role === "assistant")) continue;
    if (role === "assistant" && last?.role === "assistant" && asked.size > 0) {
      // The next message came after an interruption, so it is no part of the one that called.
      merged.push({ role: "user", content: resultsFor([...asked], []) }, { role, content: [...content] });
    } else if (last?.role === role) last.content.push(...content);
    else merged.push({ role, content: [...content] });
  }
  return answerToolUses(merged);
}

/** Any block but a result for which nobody asked. */
function isAnswer(result: ToolResultBlock | undefined, asked: ReadonlySet<string>): boolean {
  return result === undefined || (result.toolUseId !== undefined && asked.has(result.toolUseId));
}

function answerToolUses(messages: readonly Draft[]): Message[] {
  const answered: Message[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "assistant") {
      answered.push(message);
      const next = messages[index + 1];
      if (next === undefined) answered.push({ role: "user", content: closingContent(message.content) });
      continue;
    }
    const asked = toolUseIds(messages[index - 1]?.content ?? []);
    const content = [...resultsFor(asked, message.content), ...message.content.filter((block) => !block.toolResult)];
    answered.push({ role: "user", content });
  }
  return answered;
}

/** A request must end with `user`; newer Claude models refuse a trailing assistant message. */
function closingContent(assistant: readonly ContentBlock[]): ContentBlock[] {
  const asked = toolUseIds(assistant);
  return asked.length > 0 ? resultsFor(asked, []) : [{ text: "Please go on." }];
}

/** The client's calls; a server's are answered by the server. */
function toolUseIds(content: readonly ContentBlock[]): readonly string[] {
  return content.flatMap((block) => {
    const id = block.toolUse?.type === "server_tool_use" ? undefined : block.toolUse?.toolUseId;
    return id === undefined ? [] : [id];
  });
}

function resultsFor(asked: readonly string[], content: readonly ContentBlock[]): ContentBlock[] {
  const given = new Map<string, ToolResultBlock>();
  for (const { toolResult } of content) {
    if (toolResult?.toolUseId !== undefined) given.set(toolResult.toolUseId, toolResult);
  }
  return asked.map((toolUseId) => ({ toolResult: given.get(toolUseId) ?? interruptedResult(toolUseId) }));
}

function interruptedResult(toolUseId: string): ToolResultBlock {
  const text = "This call was interrupted; it is not known to have run. Check before doing it again.";
  return { toolUseId, status: "error", content: [{ text }] };
}
