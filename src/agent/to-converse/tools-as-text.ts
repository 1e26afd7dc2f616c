import type { ContentBlock, Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";

/** The same conversation told in text, for a request without tools: calls and results are not allowed in it. */
export function toolsAsText(messages: readonly Message[]): Message[] {
  const names = new Map<string, string>();
  return messages.map(({ role, content = [] }) => ({
    role,
    content: content.flatMap((block): readonly ContentBlock[] => {
      if (block.toolUse !== undefined) {
        const { toolUseId = "", name = "a tool", input } = block.toolUse;
        names.set(toolUseId, name);
        return [{ text: `[Called ${name} with ${JSON.stringify(input)}]` }];
      }
      if (block.toolResult === undefined) return [block];
      return resultAsText(block.toolResult, names.get(block.toolResult.toolUseId ?? "") ?? "a tool");
    }),
  }));
}

function resultAsText({ status, content = [] }: ToolResultBlock, name: string): readonly ContentBlock[] {
  const said = content.flatMap(({ text, json }) => text ?? (json === undefined ? [] : JSON.stringify(json)));
  const media = content.flatMap(({ image, document }): readonly ContentBlock[] => {
    if (image !== undefined) return [{ image }];
    return document === undefined ? [] : [{ document }];
  });
  return [{ text: `[${status === "error" ? "Error" : "Result"} of ${name}]\n${said.join("\n")}` }, ...media];
}
