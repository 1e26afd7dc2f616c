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

/**
 * The same for half as much, where a summary of what ends at `before` cannot be made: a place that parts no call from
 * its result. Undefined: there is no smaller one.
 */
export function planSmallerSummary(
  messages: readonly Message[],
  before: number,
  current: Compaction | undefined,
): number | undefined {
  const done = current?.kind === "summary" ? current.before : 0;
  const middle = done + Math.floor((before - done) / 2);
  const place = messages.findLastIndex((message, at) => at > done && at <= middle && !holdsResults(message));
  return place === -1 ? undefined : place;
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

/** A message in which the user speaks, or Outcrop in their place; not one of results. */
export function isPrompt(message: Message): boolean {
  return message.role === "user" && !holdsResults(message);
}

function holdsResults({ content = [] }: Message): boolean {
  return content.some(({ toolResult }) => toolResult !== undefined);
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
  const what = holdsLongText(block.toolResult) ? `shortened: ${text.length} characters` : "no longer shown";
  const note = `${firstLine} [${what}; call the tool again where they matter]`;
  return { toolResult: { ...block.toolResult, content: [{ text: note }] } };
}

/** The characters of a result that a trim shortens; undefined for one that it leaves as it is. */
export function shortenedLength(result: ToolResultBlock): number | undefined {
  return isLong(result) ? resultText(result).length : undefined;
}

function isLong(result: ToolResultBlock): boolean {
  return holdsMedia(result) || holdsLongText(result);
}

function holdsLongText(result: ToolResultBlock): boolean {
  return resultText(result).length > shortResult * 2;
}

/** An image or a document goes out anew with every request. */
function holdsMedia({ content = [] }: ToolResultBlock): boolean {
  return content.some(({ image, document }) => image !== undefined || document !== undefined);
}

function resultText({ content = [] }: ToolResultBlock): string {
  return content.map((block) => block.text ?? (block.json === undefined ? "" : JSON.stringify(block.json))).join("\n");
}
