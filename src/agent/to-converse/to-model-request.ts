import type { Message, Tool as ToolEntry } from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities } from "../capabilities.ts";
import type { ModelRequest } from "../model.ts";
import type { Tool } from "../tool.ts";
import { wellFormed } from "../well-formed.ts";
import { toConverse } from "./to-converse.ts";
import { toWireToolName } from "./wire-names.ts";

/** What a request is made of, whoever answers it. */
export interface RequestParts {
  readonly history: readonly Message[];
  /** Blank: none. */
  readonly system: string;
  readonly tools: readonly Pick<Tool, "name" | "description" | "inputSchema">[];
}

/**
 * The request for one model. Without tools, the history's calls and results are told as text, since Converse refuses
 * their blocks without a `toolConfig`; with tools, `toolConfig` is always there.
 */
export function toModelRequest({ history, system, tools }: RequestParts, capabilities: Capabilities): ModelRequest {
  const hasTools = capabilities.tools && tools.length > 0;
  const messages = toConverse(history, { ...capabilities, tools: hasTools });
  const text = wellFormed(system.trim() === "" ? "" : system);
  return {
    messages: capabilities.systemPrompt === "first-message" ? withPreface(messages, text) : messages,
    ...(capabilities.systemPrompt === "field" && text !== "" && { system: [{ text }] }),
    ...(hasTools && { toolConfig: { tools: tools.map((tool) => toToolEntry(tool, capabilities)) } }),
  };
}

function withPreface(messages: readonly Message[], text: string): Message[] {
  const [first, ...rest] = messages;
  if (first === undefined || text === "") return [...messages];
  return [{ ...first, content: [{ text }, ...(first.content ?? [])] }, ...rest];
}

const plainKeys: ReadonlySet<string> = new Set(["type", "properties", "required"]);

function toToolEntry({ name, description, inputSchema }: RequestParts["tools"][number], capabilities: Capabilities) {
  const keys = Object.entries({ ...inputSchema, type: "object" });
  const json = capabilities.toolSchema === "plain" ? keys.filter(([key]) => plainKeys.has(key)) : keys;
  return {
    toolSpec: {
      name: toWireToolName(name, capabilities),
      ...(description.trim() !== "" && { description: wellFormed(description) }),
      inputSchema: { json: Object.fromEntries(json) },
    },
  } satisfies ToolEntry;
}
