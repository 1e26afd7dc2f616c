import type { ContentBlock, Message, ToolResultBlock, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../capabilities.ts";
import { toWireToolName, toWireToolUseId } from "./wire-names.ts";

/** Tool names, ids and the status of results in this model's form, the same on both sides of every pair. */
export function toWireBlocks(messages: readonly Message[], capabilities: Capabilities): Message[] {
  return messages.map(({ role, content = [] }) => ({
    role,
    content: content.map((block): ContentBlock => {
      const { toolUse, toolResult } = block;
      if (toolResult !== undefined) return { toolResult: toWireResult(toolResult, capabilities) };
      if (toolUse === undefined) return block;
      const toolUseId = toWireToolUseId(toolUse.toolUseId ?? "", capabilities.toolUseId);
      return { toolUse: { ...toolUse, toolUseId, name: toWireToolName(toolUse.name ?? "", capabilities) } };
    }),
  }));
}

/** Where there is no `status`, an error says so in its text. */
function toWireResult(result: ToolResultBlock, capabilities: Capabilities): ToolResultBlock {
  const { status, content = [], ...rest } = result;
  const toolUseId = toWireToolUseId(rest.toolUseId ?? "", capabilities.toolUseId);
  if (capabilities.toolResultStatus) return { ...result, toolUseId };
  return { toolUseId, content: status === "error" ? saidToFail(content) : content };
}

function saidToFail(content: readonly ToolResultContentBlock[]): ToolResultContentBlock[] {
  const [first, ...rest] = content;
  if (first?.text === undefined) return [{ text: "Error:" }, ...content];
  return [{ text: first.text.startsWith("Error:") ? first.text : `Error: ${first.text}` }, ...rest];
}
