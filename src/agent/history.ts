import type {
  ContentBlock,
  Message,
  ReasoningContentBlock,
  ToolResultBlock,
  ToolResultContentBlock,
} from "@aws-sdk/client-bedrock-runtime";
import { textResult } from "./tool.ts";
import { wellFormed } from "./well-formed.ts";

/** The conversation as Converse has it. Appending is all that is ever done to it. */
export interface History {
  readonly messages: readonly Message[];
  append(message: Message): void;
}

/**
 * The request's `messages`: whatever happened before (crash, cancel, failure, denial), the result is a conversation
 * that Converse accepts. It starts and ends with `user`, roles alternate, no content is empty, and every `toolUse` is
 * answered in the next message, results first. Rules B6 85–93, 105 of the design's conformance list; of 101 that
 * reasoning without a signature is not sent.
 */
export function toConverse(history: readonly Message[]): Message[] {
  const merged: { role: "user" | "assistant"; content: ContentBlock[] }[] = [];
  for (const message of history) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const last = merged.at(-1);
    const asked = new Set(toolUseIds((last?.role === "user" ? merged.at(-2) : last)?.content ?? []));
    const content = sendable(message).filter(({ toolResult }) => isAnswer(toolResult, asked));
    if (content.length === 0 || (merged.length === 0 && role === "assistant")) continue;
    if (role === "assistant" && last?.role === "assistant" && asked.size > 0) {
      // The next message came after an interruption, so it is no part of the one that called.
      merged.push({ role: "user", content: resultsFor([...asked], []) }, { role, content: [...content] });
    } else if (last?.role === role) last.content.push(...content);
    else merged.push({ role, content: [...content] });
  }
  return answerToolUses(merged);
}

/** The blocks that Converse takes; a message with signed reasoning keeps its blank text, block for block as it came. */
function sendable({ content = [] }: Message): readonly ContentBlock[] {
  const signed = content.some(({ reasoningContent }) => reasoningContent?.reasoningText?.signature !== undefined);
  return content.flatMap((block) => {
    if (block.text !== undefined) return signed || block.text.trim() !== "" ? { text: wellFormed(block.text) } : [];
    if (block.toolResult !== undefined) return { toolResult: sendableResult(block.toolResult) };
    return isUnsigned(block.reasoningContent) ? [] : block;
  });
}

function isUnsigned(reasoning: ReasoningContentBlock | undefined): boolean {
  return reasoning?.reasoningText !== undefined && reasoning.reasoningText.signature === undefined;
}

function sendableResult(result: ToolResultBlock): ToolResultBlock {
  const content = (result.content ?? []).flatMap((block): readonly ToolResultContentBlock[] => {
    if (block.text === undefined) return [block];
    return block.text.trim() === "" ? [] : [{ text: wellFormed(block.text) }];
  });
  return { ...result, content: content.length === 0 ? [...textResult("")] : content };
}

/** Any block but a result for which nobody asked. */
function isAnswer(result: ToolResultBlock | undefined, asked: ReadonlySet<string>): boolean {
  return result === undefined || (result.toolUseId !== undefined && asked.has(result.toolUseId));
}

function answerToolUses(messages: readonly { role: "user" | "assistant"; content: ContentBlock[] }[]): Message[] {
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
