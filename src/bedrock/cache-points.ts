import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../agent/capabilities.ts";
import type { ModelRequest } from "../agent/model.ts";

const cachePoint = { cachePoint: { type: "default" } } as const;

/** On average; only used to leave out cache points that would have no effect. */
const charactersPerToken = 4;

/**
 * Marks what the next request will begin with too: the tools, the system prompt, the last user message and the one
 * before it, four points at most. A prefix shorter than the model's minimum is not marked, nor what it refuses.
 */
export function placeCachePoints(request: ModelRequest, capabilities: Capabilities): ModelRequest {
  const { cachePoints: fields, cacheMinimumTokens } = capabilities;
  if (fields.length === 0) return request;
  const { toolConfig, system, messages } = request;
  const minimum = cacheMinimumTokens * charactersPerToken;
  const toolsLength = lengthOf(toolConfig);
  const systemLength = toolsLength + lengthOf(system);
  const isPlain = !fields.includes("messages");
  const marksMessages = fields.includes("messages") || fields.includes("plain-messages");
  return {
    ...request,
    ...(toolConfig?.tools !== undefined &&
      fields.includes("tools") &&
      toolsLength >= minimum && { toolConfig: { ...toolConfig, tools: [...toolConfig.tools, cachePoint] } }),
    ...(system !== undefined &&
      system.length > 0 &&
      fields.includes("system") &&
      systemLength >= minimum && { system: [...system, cachePoint] }),
    ...(marksMessages && { messages: markMessages(messages ?? [], isPlain, minimum - systemLength) }),
  };
}

function markMessages(messages: readonly Message[], isPlain: boolean, minimum: number): Message[] {
  const users = messages.flatMap(({ role }, index) => (role === "user" ? [index] : []));
  const marked = new Set(users.slice(-2));
  let length = 0;
  return messages.map((message, index) => {
    length += lengthOf(message);
    if (!marked.has(index) || length < minimum || !mayEndInPoint(message, isPlain)) return message;
    return { ...message, content: [...(message.content ?? []), cachePoint] };
  });
}

/** Not behind a document that is no PDF; `plain`: not beside blocks of tools. */
function mayEndInPoint({ content = [] }: Message, isPlain: boolean): boolean {
  const last = content.at(-1);
  if (last === undefined || (last.document !== undefined && last.document.format !== "pdf")) return false;
  return !(isPlain && content.some(({ toolUse, toolResult }) => toolUse !== undefined || toolResult !== undefined));
}

function lengthOf(value: unknown): number {
  return value === undefined ? 0 : JSON.stringify(value, bytesAsLength).length;
}

/** Bytes are counted, not written out. */
function bytesAsLength(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? value.length : value;
}
