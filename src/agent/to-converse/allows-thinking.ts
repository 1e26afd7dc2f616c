import type { Message } from "@aws-sdk/client-bedrock-runtime";

/**
 * Whether thinking may be enabled for a request with these messages: every call of the tool loop that still goes on
 * has to come with the reasoning before it, and reasoning that was lost cannot be made up.
 */
export function allowsThinking(messages: readonly Message[]): boolean {
  const prompt = messages.findLastIndex(
    ({ role, content = [] }) => role === "user" && content.every(({ toolResult }) => toolResult === undefined),
  );
  return messages
    .slice(prompt + 1)
    .filter(({ role, content = [] }) => role === "assistant" && content.some(({ toolUse }) => toolUse !== undefined))
    .every(({ content = [] }) => content[0]?.reasoningContent !== undefined);
}
