import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ShortenedResult } from "../protocol/compaction.ts";
import { shortenedLength } from "./compaction.ts";

/** Most characters of a call's input that are told. */
const longestInput = 120;

/** The tool results before message `before` that a trim shortens, oldest first. */
export function shortenedResults(messages: readonly Message[], before: number): readonly ShortenedResult[] {
  const blocks = messages.slice(0, before).flatMap(({ content = [] }) => content);
  const calls = new Map(blocks.map(({ toolUse }) => [toolUse?.toolUseId, toolUse]));
  return blocks.flatMap(({ toolResult }) => {
    const characters = toolResult && shortenedLength(toolResult);
    if (characters === undefined) return [];
    const call = calls.get(toolResult?.toolUseId);
    return [{ tool: call?.name ?? "", input: briefly(call?.input), characters }];
  });
}

function briefly(input: unknown): string {
  const text = input === undefined ? "" : JSON.stringify(input);
  return text.length > longestInput ? `${text.slice(0, longestInput)}…` : text;
}
