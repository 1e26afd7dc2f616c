import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";

/**
 * For models that take nothing else beside tool results, and no text beside calls: what stands together is told in
 * turn, with a few words of the other side in between, so that the roles still alternate.
 */
export function separateTools(messages: readonly Message[]): Message[] {
  return messages.flatMap(({ role, content = [] }): readonly Message[] => {
    const isTool = ({ toolUse, toolResult }: ContentBlock): boolean =>
      toolUse !== undefined || toolResult !== undefined;
    const tools = content.filter(isTool);
    const others = content.filter((block) => !isTool(block));
    if (tools.length === 0 || others.length === 0) return [{ role, content }];
    return role === "assistant"
      ? [
          { role, content: others },
          { role: "user", content: [{ text: "Go on." }] },
          { role, content: tools },
        ]
      : [
          { role, content: tools },
          { role: "assistant", content: [{ text: "I have the results." }] },
          { role, content: others },
        ];
  });
}
