import type { Message, ToolConfiguration } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import { addUsage, type TokenUsage } from "../protocol/token-usage.ts";
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
  readonly schema: z.ZodType<Value> | AnswerSchema<Value>;
}

/** A schema that is known at run time only. */
export interface AnswerSchema<Value> {
  /** An object's JSON Schema, as a tool's input has it. */
  readonly json: JsonObject;
  /** `answer` is undefined where there was no JSON. */
  read(answer: unknown): Reading<Value>;
}

export type Reading<Value> =
  | { readonly kind: "fits"; readonly value: Value }
  | { readonly kind: "unfit"; readonly problems: readonly string[] };

export interface ExtractOptions<Value> {
  readonly form: Form<Value>;
  /** Blank: none. */
  readonly system: string;
  readonly input: string;
  readonly model: Model;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** An answer that does not fit is asked for once more, with what is wrong with it. */
  readonly repair?: true;
}

export interface Extraction<Value> {
  readonly value: Value;
  /** Of all calls that it took. */
  readonly usage: TokenUsage | null;
}

/** The model's answer does not fill in the form: what is wrong, and the answer as it came. */
export class ExtractionFailed extends Error {
  override readonly name = "ExtractionFailed";
  readonly answer: string;

  constructor(problem: string, answer: string) {
    super(problem);
    this.answer = answer;
  }
}

/**
 * A model call whose answer is a value of the schema: by a forced tool choice, by any tool where one cannot be named,
 * by request alone where the model takes no choice, and by JSON in its text where it has no tools. Nothing is shown.
 * Throws `ExtractionFailed`, or `BrokenStream` as any call.
 */
export async function extract<Value>(options: ExtractOptions<Value>): Promise<Extraction<Value>> {
  const schema = answerSchema(options.form.schema);
  const asked: readonly Message[] = [{ role: "user", content: [{ text: options.input }] }];
  const first = await ask(options, schema, asked);
  const reading = schema.read(answered(first));
  if (reading.kind === "fits") return { value: reading.value, usage: first.usage };
  if (!options.repair || isFinal(first)) throw failure(first, reading.problems);
  const second = await ask(options, schema, [...asked, ...complaint(first, reading.problems)]);
  const repaired = schema.read(answered(second));
  if (repaired.kind === "unfit") throw failure(second, repaired.problems);
  const usage = first.usage === null || second.usage === null ? null : addUsage(first.usage, second.usage);
  return { value: repaired.value, usage };
}

function ask<Value>(
  options: ExtractOptions<Value>,
  schema: AnswerSchema<Value>,
  history: readonly Message[],
): Promise<StreamedMessage> {
  const { form, model, signal, now } = options;
  return streamMessage({
    model,
    request: toRequest(options, schema.json, history, model.capabilities),
    signal,
    now,
    emit: () => undefined,
    uniqueId: (toolUseId) => toolUseId,
    streamingTitle: (name) => name,
    tools: [form],
  });
}

function toRequest<Value>(
  { form, system }: ExtractOptions<Value>,
  inputSchema: JsonObject,
  history: readonly Message[],
  capabilities: Capabilities,
): ModelRequest {
  const { name, description } = form;
  const ask = capabilities.tools
    ? `Answer by calling ${name}.`
    : `Answer with one JSON object and nothing else. ${description} Its JSON Schema: ${JSON.stringify(inputSchema)}`;
  const parts = { history, system: `${system}\n\n${ask}`.trim(), tools: [{ name, description, inputSchema }] };
  const { toolConfig, ...request } = toModelRequest(parts, capabilities);
  if (toolConfig === undefined) return request;
  return { ...request, toolConfig: { ...toolConfig, ...chooseTool(toolConfig, capabilities) } };
}

function chooseTool({ tools }: ToolConfiguration, { toolChoice }: Capabilities): Pick<ToolConfiguration, "toolChoice"> {
  const name = tools?.[0]?.toolSpec?.name;
  if (toolChoice.includes("tool") && name !== undefined) return { toolChoice: { tool: { name } } };
  return toolChoice.includes("any") ? { toolChoice: { any: {} } } : {};
}

function answerSchema<Value>(schema: Form<Value>["schema"]): AnswerSchema<Value> {
  if (!("safeParse" in schema)) return schema;
  const { $schema: _version, ...json } = z.toJSONSchema(schema, { io: "input" });
  const parsed = parseToolInput(JSON.stringify(json));
  if (parsed.kind === "invalid") throw new Error(parsed.problem);
  return {
    json: parsed.value,
    read: (answer) => {
      const { success, data, error } = schema.safeParse(answer);
      return success ? { kind: "fits", value: data } : { kind: "unfit", problems: [z.prettifyError(error)] };
    },
  };
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

/** As it came, for a person to read. */
function rawAnswer({ toolUses, message: { content = [] } }: StreamedMessage): string {
  const [use] = toolUses;
  if (use?.input.kind === "object") return JSON.stringify(use.input.value, undefined, 2);
  return use?.input.json ?? content.map((block) => block.text ?? "").join("");
}

/** What another request would not mend. */
function isFinal({ stopReason }: StreamedMessage): boolean {
  return stopReason in endings;
}

const endings: Readonly<Record<string, string>> = {
  max_tokens: "The answer was cut off at the most that the model may write.",
  model_context_window_exceeded: "The answer was cut off at the end of the model's context window.",
  guardrail_intervened: "The guardrail stopped the answer.",
  content_filtered: "The answer was stopped by the service's content filter.",
};

function failure(streamed: StreamedMessage, problems: readonly string[]): ExtractionFailed {
  return new ExtractionFailed(endings[streamed.stopReason] ?? problems.join("\n"), rawAnswer(streamed));
}

/** The answer and what is wrong with it, as Converse has it: the result of the call is an error. */
function complaint({ message, toolUses }: StreamedMessage, problems: readonly string[]): readonly Message[] {
  const text = `This is not valid:\n${problems.join("\n")}\nAnswer again, with the whole of it corrected.`;
  if ((message.content ?? []).length === 0) return [];
  const results = toolUses.map(({ toolUseId }) => ({
    toolResult: { toolUseId, content: [{ text }], status: "error" as const },
  }));
  return [message, { role: "user", content: results.length > 0 ? results : [{ text }] }];
}
