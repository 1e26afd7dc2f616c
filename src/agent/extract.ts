import type { Message, ToolConfiguration } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { TokenUsage } from "../protocol/token-usage.ts";
import type { Capabilities } from "./capabilities.ts";
import type { Model, ModelRequest } from "./model.ts";
import { type StreamedMessage, streamMessage } from "./stream-message.ts";
import { toModelRequest } from "./to-converse/to-model-request.ts";
import { type JsonObject, parseToolInput } from "./tool-input.ts";

/** What the model is to fill in. */
export interface Form<Value> {
  /** Of the tool that takes it: `[a-zA-Z0-9_]{1,64}`. */
  readonly name: string;
  readonly description: string;
  /** An object's. */
  readonly schema: z.ZodType<Value>;
}

export interface ExtractOptions<Value> {
  readonly form: Form<Value>;
  /** Blank: none. */
  readonly system: string;
  readonly input: string;
  readonly model: Model;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

export interface Extraction<Value> {
  readonly value: Value;
  readonly usage: TokenUsage | null;
}

/** The model's answer does not fill in the form. */
export class ExtractionFailed extends Error {
  override readonly name = "ExtractionFailed";
}

/**
 * One model call whose answer is a value of the schema: by a forced tool choice, by any tool where one cannot be named,
 * by request alone where the model takes no choice, and by JSON in its text where it has no tools. Nothing is shown.
 * Throws `ExtractionFailed`, or `BrokenStream` as any call.
 */
export async function extract<Value>(options: ExtractOptions<Value>): Promise<Extraction<Value>> {
  const { form, model, signal, now } = options;
  const { capabilities } = model;
  const request = toRequest(options, capabilities);
  const streamed = await streamMessage({
    model,
    request,
    signal,
    now,
    emit: () => undefined,
    uniqueId: (toolUseId) => toolUseId,
    streamingTitle: (name) => name,
    tools: [form],
  });
  const parsed = form.schema.safeParse(answered(streamed));
  if (!parsed.success) throw new ExtractionFailed(z.prettifyError(parsed.error));
  return { value: parsed.data, usage: streamed.usage };
}

function toRequest<Value>({ form, system, input }: ExtractOptions<Value>, capabilities: Capabilities): ModelRequest {
  const inputSchema = schemaOf(form);
  const ask = capabilities.tools
    ? `Answer by calling ${form.name}.`
    : `Answer with one JSON object and nothing else. ${form.description} Its JSON Schema: ${JSON.stringify(inputSchema)}`;
  const history: Message[] = [{ role: "user", content: [{ text: input }] }];
  const parts = { history, system: `${system}\n\n${ask}`.trim(), tools: [{ ...form, inputSchema }] };
  const { toolConfig, ...request } = toModelRequest(parts, capabilities);
  if (toolConfig === undefined) return request;
  return { ...request, toolConfig: { ...toolConfig, ...chooseTool(toolConfig, capabilities) } };
}

function chooseTool({ tools }: ToolConfiguration, { toolChoice }: Capabilities): Pick<ToolConfiguration, "toolChoice"> {
  const name = tools?.[0]?.toolSpec?.name;
  if (toolChoice.includes("tool") && name !== undefined) return { toolChoice: { tool: { name } } };
  return toolChoice.includes("any") ? { toolChoice: { any: {} } } : {};
}

function schemaOf<Value>({ schema }: Form<Value>): JsonObject {
  const { $schema: _version, ...json } = z.toJSONSchema(schema, { io: "input" });
  const parsed = parseToolInput(JSON.stringify(json));
  if (parsed.kind === "invalid") throw new Error(parsed.problem);
  return parsed.value;
}

/** The input of the first call, else the first JSON object in the text. */
function answered({ toolUses, message: { content = [] } }: StreamedMessage): unknown {
  const [use] = toolUses;
  if (use?.input.kind === "object") return use.input.value;
  const text = content.map((block) => block.text ?? "").join("");
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
