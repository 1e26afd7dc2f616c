import type { ContentBlock, Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Compaction } from "../protocol/compaction.ts";

/** Results that are not worth shortening, in characters. */
const shortResult = 200;

/** The messages as the model gets them. Pairs of toolUse and toolResult stay together in either form. */
export function applyCompaction(messages: readonly Message[], compaction: Compaction | undefined): readonly Message[] {
  if (compaction === undefined) return messages;
  const { before } = compaction;
  switch (compaction.kind) {
    case "trim":
      return messages.map((message, index) => (index < before ? shortenResults(message) : message));
    case "summary":
      return [summaryMessage(compaction.text), ...messages.slice(before)];
  }
}

/** Before which message results can be shortened; what the model has not seen yet never is. Undefined: nothing is to gain. */
export function planTrim(messages: readonly Message[], current: Compaction | undefined): number | undefined {
  if (current !== undefined) return undefined;
  const before = messages.length - 1;
  return messages.slice(0, before).some((message) => shortenResults(message) !== message) ? before : undefined;
}

/**
 * Where a summary may end: before the last prompt, so that the work in progress stays word for word; in a turn that is
 * too long by itself, before its last two exchanges. Undefined: there is nothing to summarise.
 */
export function planSummary(messages: readonly Message[], current: Compaction | undefined): number | undefined {
  const done = current?.kind === "summary" ? current.before : 0;
  const prompt = messages.findLastIndex(isPrompt);
  if (prompt > done) return prompt;
  const exchange = messages.findLastIndex(({ role }, index) => role === "assistant" && index <= messages.length - 4);
  return exchange > done + 1 ? exchange : undefined;
}

/** What a summary is made from: the messages that it replaces, their results short, and the request for it. */
export function toSummarise(messages: readonly Message[], before: number, current: Compaction | undefined) {
  const replaced = applyCompaction(messages.slice(0, before), current?.kind === "summary" ? current : undefined);
  return [...replaced.map(shortenResults), summaryRequest];
}

const summaryRequest: Message = {
  role: "user",
  content: [
    {
      text: `The conversation is getting too long and will go on from a summary. Write that summary now, as notes to yourself; call no tools. Keep: what the user wants, in their words; decisions and constraints; every file, symbol and command that matters, with lines; what was found, with the exact values; what was done and what failed; what is still to do, next step first.`,
    },
  ],
};

function summaryMessage(text: string): Message {
  return { role: "user", content: [{ text: `Summary of the conversation so far:\n\n${text}` }] };
}

function isPrompt({ role, content = [] }: Message): boolean {
  return role === "user" && !content.some(({ toolResult }) => toolResult !== undefined);
}

function shortenResults(message: Message): Message {
  const content = message.content ?? [];
  if (!content.some(({ toolResult }) => toolResult !== undefined && isLong(toolResult))) return message;
  return { ...message, content: content.map(shortenBlock) };
}

function shortenBlock(block: ContentBlock): ContentBlock {
  if (block.toolResult === undefined || !isLong(block.toolResult)) return block;
  const text = resultText(block.toolResult);
  const firstLine = text.slice(0, shortResult).split("\n", 1)[0] ?? "";
  const note = `${firstLine} [shortened: ${text.length} characters; call the tool again where they matter]`;
  return { toolResult: { ...block.toolResult, content: [{ text: note }] } };
}

function isLong(result: ToolResultBlock): boolean {
  return resultText(result).length > shortResult * 2;
}

function resultText({ content = [] }: ToolResultBlock): string {
  return content.map((block) => block.text ?? (block.json === undefined ? "" : JSON.stringify(block.json))).join("\n");
}
