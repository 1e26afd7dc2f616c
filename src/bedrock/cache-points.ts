import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../agent/capabilities.ts";
import type { ModelRequest } from "../agent/model.ts";
import type { CachingMode } from "../agent/request-settings.ts";

type Point = { readonly cachePoint: { readonly type: "default"; readonly ttl?: "1h" } };

/** On average; only used to leave out cache points that would have no effect. */
const charactersPerToken = 4;

/**
 * Marks what the next request will begin with too: the tools, the system prompt, the last user message that takes one and the one
 * before it, four points at most. The one before was the last of the request before: in a tool loop the step's before,
 * at the start of a turn the previous turn's, so that a step with more blocks than Claude looks back over is read too.
 * A prefix shorter than the model's minimum is not marked, nor what it refuses. All points live equally long;
 * `1h` is for models that keep them so long.
 */
export function placeCachePoints(
  request: ModelRequest,
  capabilities: Capabilities,
  mode: CachingMode = "5m",
): ModelRequest {
  const { cachePoints: fields, cacheMinimumTokens } = capabilities;
  if (fields.length === 0 || mode === "off") return request;
  const cachePoint: Point["cachePoint"] = { type: "default", ...(mode === "1h" && { ttl: "1h" }) };
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
      toolsLength >= minimum && { toolConfig: { ...toolConfig, tools: [...toolConfig.tools, { cachePoint }] } }),
    ...(system !== undefined &&
      system.length > 0 &&
      fields.includes("system") &&
      systemLength >= minimum && { system: [...system, { cachePoint }] }),
    ...(marksMessages && { messages: markMessages(messages ?? [], { cachePoint }, isPlain, minimum - systemLength) }),
  };
}

function markMessages(messages: readonly Message[], point: Point, isPlain: boolean, minimum: number): Message[] {
  const markable = messages.flatMap((message, index) =>
    message.role === "user" && mayEndInPoint(message, isPlain) ? [index] : [],
  );
  const marked = new Set(markable.slice(-2));
  let length = 0;
  return messages.map((message, index) => {
    length += lengthOf(message);
    if (!marked.has(index) || length < minimum) return message;
    return { ...message, content: [...(message.content ?? []), point] };
  });
}

/** Not behind reasoning or a document that is no PDF; `plain`: not beside blocks of tools. */
function mayEndInPoint({ content = [] }: Message, isPlain: boolean): boolean {
  const last = content.at(-1);
  if (last?.reasoningContent !== undefined) return false;
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
