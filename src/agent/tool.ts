import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { ApprovalDetail } from "../protocol/approval.ts";
import type { RunningChoice } from "../protocol/running-choice.ts";
import type { JsonObject } from "./tool-input.ts";

/** What policy decides on. */
export type Effect = "read" | "write" | "execute" | "network";

/** A place that a call touches; policy resolves it before anything runs. */
export interface Target {
  /** Absolute path as the tool will use it. */
  readonly path: string;
  /** Absent = as the call's effect: what reads is read, all else may be written. */
  readonly access?: "read" | "write";
  /** The real path that the tool found and will insist on; where policy finds another one, the place changed meanwhile. */
  readonly canonical?: string;
  /** What a write will make of the file's text. */
  readonly change?: TextChange;
}

/** A file's text before and after a call. */
export interface TextChange {
  /** Undefined = the file does not exist yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A command line, as a shell will get it. */
export interface CommandCall {
  readonly line: string;
  /** Absolute, real path of the folder it starts in. */
  readonly cwd: string;
  /** The shell's program, absolute where it is known: /bin/bash. */
  readonly shell: string;
}

/** A task of the workspace, as it is defined now. */
export interface TaskCall {
  readonly label: string;
  /** All that will run, as text: what a rule for the task holds to. */
  readonly definition: string;
  /** Absolute, real paths of the files that define it. */
  readonly files: readonly string[];
  /** The editor runs a command (`${command:…}`) to complete it. */
  readonly isResolvedByCommand: boolean;
}

/** A request to a server that the user named in the definition of the tool. */
export interface RequestCall {
  readonly method: string;
  /** The whole address that is asked, its parameters in place. */
  readonly url: string;
  /** The definition's own address, `{parameters}` and all: what a rule for the tool holds to. */
  readonly template: string;
  /** Whether it changes something there. */
  readonly access: "read" | "write";
}

/** A tool of another extension or of an MCP server, as it is now. */
export interface ForeignCall {
  /** Name, owner, description and schema, as text: what a rule for the tool holds to. */
  readonly definition: string;
}

/** What the user is shown before a call with an effect, and what the approval's digest covers. */
export interface ApprovalSubject {
  /** Fixed per tool, for example: Run task "test"? */
  readonly question: string;
  readonly details: readonly ApprovalDetail[];
}

export interface ToolContext {
  readonly signal: AbortSignal;
  /** Who let the call run; absent counts as "policy", which is the stricter of the two. */
  readonly allowedBy?: "user" | "policy";
  /** Live output for the card; the model gets only the result. */
  output(text: string): void;
  /**
   * Offers the user to wait on, to use the output so far, or to end it. `endsAt`: when it is ended otherwise, in milliseconds
   * since the epoch; null = never, and waiting is not offered again. Pending until the user says so, and with the signal.
   * Once the user waits on, the time limit of the call is lifted. Absent where nobody can be asked.
   */
  readonly stillRunning?: (endsAt: number | null, signal: AbortSignal) => Promise<RunningChoice>;
}

export interface ToolSuccess {
  readonly content: readonly ToolResultContentBlock[];
  /** Past tense, with the outcome: Searched for "x" in src, 7 results in 3 files. */
  readonly title: string;
  /** Of the program that was run, where one was. */
  readonly exitCode?: number;
  /** What would bring less, in a sentence: the model is told where the result is too long for it. */
  readonly whenCut?: string;
  /** It ran, and what was run did not do well: another exit code than 0, or ended before its end. */
  readonly warning?: true;
}

/** One call, made from one parsed input: what is titled, shown, approved and run is the same object. */
export interface PreparedCall {
  /** Present tense: Searching for "x" in src. */
  readonly title: string;
  /** What it would do, in the imperative: Run "npm test". Left out, the question without its mark says that. */
  readonly intent?: string;
  readonly effect: Effect;
  readonly targets: readonly Target[];
  /** Present where the call runs a command line. */
  readonly command?: CommandCall;
  /** Present where the call runs a task of the workspace. */
  readonly task?: TaskCall;
  /** Present where the call asks a server of the user's. */
  readonly request?: RequestCall;
  /** It looks into what .gitignore leaves out. */
  readonly includesIgnored?: boolean;
  /** What it runs is a question to the user: the turn's clock stands until they have answered. */
  readonly waitsForUser?: true;
  /** The tool comes from another extension or an MCP server. */
  readonly isForeign?: boolean;
  /** Present where rules may cover such a tool. */
  readonly foreign?: ForeignCall;
  /** What the call was meant to do, where it can do no more than fail and tell of what it read. */
  readonly attempted?: Pick<PreparedCall, "effect" | "targets">;
  readonly subject: ApprovalSubject;
  /** Time limit of `run` in milliseconds; `Infinity` where a person may take as long as they like. */
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
  /** The most that a call of it does: a mode without effects offers only tools that read. */
  readonly effect: Effect;
  /** What it asks of a server changes nothing there: Ask mode offers it, too. */
  readonly onlyAsks?: true;
  /** The name of the set that it comes with, where it is not a built-in that goes by its effect. */
  readonly set?: string;
  /** The model is offered it only where the user has turned it on. */
  readonly isOffByDefault?: true;
  /** What a call may take and give back, a phrase each with its number: for people, who read it in the list of tools. */
  readonly limits: readonly string[];
  /** What a call of it does, in the imperative, while the input that names it still streams: Run a task. */
  readonly streamingTitle: string;
  /** Parses, resolves and prepares; has no effect. Throws `ToolError` for input that cannot be used. */
  prepare(input: unknown, signal: AbortSignal): Promise<PreparedCall>;
}

/** Why a call is refused, in one word; the result begins with it. */
export type ToolErrorCode =
  | "E_PATH"
  | "E_OUTSIDE"
  | "E_SECRET"
  | "E_IGNORED"
  | "E_PROTECTED"
  | "E_STALE"
  | "E_BINARY"
  | "E_TOO_LARGE"
  | "E_SCHEMA";

/** An expected failure of a tool. The message is for the model: what is wrong and what would work. */
export class ToolError extends Error {
  override readonly name = "ToolError";

  /** With a code the message begins with it. */
  constructor(message: string, code?: ToolErrorCode) {
    super(code === undefined ? message : `${code} ${message}`);
  }
}

export interface ToolDefinition<Input> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly effect: Effect;
  readonly set?: string;
  readonly limits: readonly string[];
  readonly streamingTitle: string;
  prepare(input: Input, signal: AbortSignal): PreparedCall | Promise<PreparedCall>;
}

/** Makes a tool out of a definition: JSON Schema derived from zod, bad input answered with what is wrong. */
export function defineTool<Input>(definition: ToolDefinition<Input>): Tool {
  return {
    name: definition.name,
    description: definition.description,
    inputSchema: toInputSchema(definition.input),
    effect: definition.effect,
    ...(definition.set !== undefined && { set: definition.set }),
    limits: definition.limits,
    streamingTitle: definition.streamingTitle,
    async prepare(input, signal) {
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) {
        throw new ToolError(
          `The input of ${definition.name} is not valid.\n${z.prettifyError(parsed.error)}`,
          "E_SCHEMA",
        );
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
