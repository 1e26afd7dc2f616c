import type {
  ContentBlock,
  Message,
  ReasoningContentBlock,
  ToolResultBlock,
  ToolResultContentBlock,
} from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../capabilities.ts";
import { textResult } from "../tool.ts";
import { wellFormed } from "../well-formed.ts";
import { toInputObject, wellFormedJson } from "./well-formed-json.ts";

/**
 * The blocks of a message that Converse takes from its role and this model takes back. A message that keeps signed
 * reasoning keeps its blank text too, block for block as it came.
 */
export function sendable({ role, content = [] }: Message, capabilities: Capabilities): readonly ContentBlock[] {
  if (role !== "assistant") return content.flatMap((block) => fromUser(block));
  const keepsBlank = content.some(({ reasoningContent }) => isSigned(reasoningContent)) && replaysSigned(capabilities);
  const called = new Set<string>();
  return content.flatMap((block): readonly ContentBlock[] => {
    if (block.text !== undefined) return keepsBlank ? [{ text: wellFormed(block.text) }] : textBlock(block.text);
    if (block.reasoningContent !== undefined) return reasoningBlock(block.reasoningContent, capabilities);
    const id = block.toolUse?.toolUseId;
    if (id === undefined || called.has(id)) return [];
    called.add(id);
    return toolUseBlock(block, capabilities);
  });
}

function fromUser(block: ContentBlock): readonly ContentBlock[] {
  if (block.text !== undefined) return textBlock(block.text);
  if (block.toolResult !== undefined) return [{ toolResult: sendableResult(block.toolResult) }];
  return block.image !== undefined || block.document !== undefined ? [block] : [];
}

function textBlock(text: string): readonly ContentBlock[] {
  return text.trim() === "" ? [] : [{ text: wellFormed(text) }];
}

/** Calls of server tools go back only to models that are not particular about what stands beside a call. */
function toolUseBlock({ toolUse }: ContentBlock, capabilities: Capabilities): readonly ContentBlock[] {
  if (toolUse === undefined) return [];
  const isServers = toolUse.type === "server_tool_use";
  if (isServers && !(capabilities.tools && capabilities.mixesTextAndResults)) return [];
  return [{ toolUse: { ...toolUse, input: toInputObject(toolUse.input) } }];
}

/** Which model reasoned is not recorded, so signed reasoning goes to the family that signs and to no other. */
function reasoningBlock(reasoning: ReasoningContentBlock, capabilities: Capabilities): readonly ContentBlock[] {
  const { reasoningText } = reasoning;
  switch (capabilities.replaysReasoning) {
    case "none":
      return [];
    case "signed":
      return isSigned(reasoning) || reasoning.redactedContent !== undefined ? [{ reasoningContent: reasoning }] : [];
    case "unsigned":
      return reasoningText?.text && reasoningText.signature === undefined
        ? [{ reasoningContent: { reasoningText: { text: wellFormed(reasoningText.text) } } }]
        : [];
  }
}

function isSigned(reasoning: ReasoningContentBlock | undefined): boolean {
  return Boolean(reasoning?.reasoningText?.signature);
}

function replaysSigned({ replaysReasoning }: Capabilities): boolean {
  return replaysReasoning === "signed";
}

function sendableResult({ toolUseId, status, content = [] }: ToolResultBlock): ToolResultBlock {
  const kept = content.flatMap((block): readonly ToolResultContentBlock[] => {
    if (block.text !== undefined) return block.text.trim() === "" ? [] : [{ text: wellFormed(block.text) }];
    if (block.json !== undefined) return [{ json: wellFormedJson(block.json) }];
    return block.image !== undefined || block.document !== undefined ? [block] : [];
  });
  return {
    toolUseId,
    ...(status !== undefined && { status }),
    content: kept.length === 0 ? [...textResult("")] : kept,
  };
}
