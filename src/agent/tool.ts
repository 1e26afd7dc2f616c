import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { ApprovalDetail } from "../protocol/approval.ts";
import type { JsonObject } from "./tool-input.ts";

/** What policy decides on. */
export type Effect = "read" | "write" | "execute" | "network";

/** A place that a call touches; policy resolves it before anything runs. */
export interface Target {
  /** Absolute path as the tool will use it. */
  readonly path: string;
}

/** What the user is shown before a call with an effect, and what the approval's digest covers. */
export interface ApprovalSubject {
  /** Fixed per tool, for example: Run task "test"? */
  readonly question: string;
  readonly details: readonly ApprovalDetail[];
  /** Identifies what a grant for the session covers; absent = no such grant is offered. */
  readonly grantKey?: string;
}

export interface ToolContext {
  readonly signal: AbortSignal;
  /** Live output for the card; the model gets only the result. */
  output(text: string): void;
}

export interface ToolSuccess {
  readonly content: readonly ToolResultContentBlock[];
  /** Past tense, with the outcome: Searched for "x" in src, 7 results in 3 files. */
  readonly title: string;
}

/** One call, made from one parsed input: what is titled, shown, approved and run is the same object. */
export interface PreparedCall {
  /** Present tense: Searching for "x" in src. */
  readonly title: string;
  readonly effect: Effect;
  readonly targets: readonly Target[];
  readonly subject: ApprovalSubject;
  /** Time limit of `run` in milliseconds. */
  readonly timeoutMs: number;
  /** Throws `ToolError` for an expected failure, whose text the model gets. */
  run(context: ToolContext): Promise<ToolSuccess>;
}

/** A tool as the loop knows it, whatever its input type. */
export interface Tool {
  /** `[a-zA-Z0-9_]{1,64}`: Nova models fail on a hyphen. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input, `type: "object"`. */
  readonly inputSchema: JsonObject;
  /** The title while the input still streams: Searching. */
  readonly streamingTitle: string;
  /** Parses, resolves and prepares; has no effect. Throws `ToolError` for input that cannot be used. */
  prepare(input: unknown, signal: AbortSignal): Promise<PreparedCall>;
}

/** An expected failure of a tool. The message is for the model: what is wrong and what would work. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

export interface ToolDefinition<Input> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly streamingTitle: string;
  prepare(input: Input, signal: AbortSignal): PreparedCall | Promise<PreparedCall>;
}

/** Makes a tool out of a definition: JSON Schema derived from zod, bad input answered with what is wrong. */
export function defineTool<Input>(definition: ToolDefinition<Input>): Tool {
  return {
    name: definition.name,
    description: definition.description,
    inputSchema: toInputSchema(definition.input),
    streamingTitle: definition.streamingTitle,
    async prepare(input, signal) {
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) {
        throw new ToolError(`The input of ${definition.name} is not valid.\n${z.prettifyError(parsed.error)}`);
      }
      return definition.prepare(parsed.data, signal);
    },
  };
}

/** Converse takes the schema without `$schema`; weak models fail on keywords beyond the plain ones. */
function toInputSchema(type: z.ZodType): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: "input" });
  return JSON.parse(JSON.stringify(schema));
}

/** The usual content of a result. Converse refuses blank text, so an empty one says so. */
export function textResult(text: string): readonly ToolResultContentBlock[] {
  return [{ text: text.trim() === "" ? "(no output)" : text }];
}
