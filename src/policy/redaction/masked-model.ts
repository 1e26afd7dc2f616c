import type { ContentBlock, Message, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Model, ModelRequest } from "../../agent/model.ts";
import { mapTexts } from "./map-texts.ts";

/** Masks secrets in one text. */
export type Mask = (text: string) => string;

/** The exit to Bedrock: every text of every request, summaries and counts too, has its secrets masked; nothing else of it changes. */
export function maskedModel(model: Model, mask: Mask): Model {
  const remembered = rememberLast(mask);
  const { countTokens } = model;
  return {
    get capabilities() {
      return model.capabilities;
    },
    ...(countTokens !== undefined && {
      countTokens: (request, signal) => countTokens(maskRequest(request, remembered()), signal),
    }),
    converseStream: (request, signal, ...told) =>
      model.converseStream(maskRequest(request, remembered()), signal, ...told),
  };
}

function maskRequest(request: ModelRequest, mask: Mask): ModelRequest {
  const { messages, system } = request;
  return {
    ...request,
    messages: messages?.map((message) => maskMessage(message, mask)),
    ...(system !== undefined && {
      system: system.map((block) => (block.text === undefined ? block : { text: mask(block.text) })),
    }),
  };
}

function maskMessage({ role, content }: Message, mask: Mask): Message {
  return { role, content: content?.map((block) => maskBlock(block, mask)) };
}

/** Reasoning is signed: it goes back byte for byte, and was made from masked text. */
function maskBlock(block: ContentBlock, mask: Mask): ContentBlock {
  const { text, toolUse, toolResult } = block;
  if (text !== undefined) return { text: mask(text) };
  if (toolUse !== undefined) return { toolUse: { ...toolUse, input: mapTexts(toolUse.input, mask) } };
  if (toolResult === undefined) return block;
  return { toolResult: { ...toolResult, content: toolResult.content?.map((part) => maskResult(part, mask)) } };
}

function maskResult(part: ToolResultContentBlock, mask: Mask): ToolResultContentBlock {
  if (part.text !== undefined) return { text: mask(part.text) };
  return part.json === undefined ? part : { json: mapTexts(part.json, mask) };
}

/** A conversation is sent again with every step: the texts of the request before are not looked through again. */
function rememberLast(mask: Mask): () => Mask {
  let known = new Map<string, string>();
  return () => {
    const before = known;
    const next = new Map<string, string>();
    known = next;
    return (text) => {
      const masked = next.get(text) ?? before.get(text) ?? mask(text);
      next.set(text, masked);
      return masked;
    };
  };
}
