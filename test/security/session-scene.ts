import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { TestContext } from "node:test";
import type { Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { ModelRequest } from "../../src/agent/model.ts";
import { RequestPace } from "../../src/agent/request-pace.ts";
import type { Tool } from "../../src/agent/tool.ts";
import type { ChatSession } from "../../src/chat/chat-session.ts";
import { maskedStore } from "../../src/chat/masked-store.ts";
import type { AnswerSource } from "../../src/chat/pending-approvals.ts";
import type { ChatSessionOptions } from "../../src/chat/session-options.ts";
import { createDiskTools } from "../../src/headless/disk-tools.ts";
import type { Meter } from "../../src/policy/budgets/metered-model.ts";
import { createPathContext } from "../../src/policy/paths/path-context.ts";
import type { SessionPolicy } from "../../src/policy/session-policy.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import type { ChatEvent, TurnOutcome } from "../../src/protocol/chat-event.ts";
import { createSession } from "../support/create-session.ts";
import { messageStop, type ReplyPart, ScriptedModel, textBlock, toolBlock } from "../support/scripted-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type TestPolicyOptions, testPolicy } from "../support/test-policy.ts";

export const allow: ApprovalDecision = { kind: "allow" };
export const skip: ApprovalDecision = { kind: "skip", feedback: "" };

export interface SceneOptions extends Omit<TestPolicyOptions, "paths" | "folders"> {
  /** The user. Undefined = the question stays open. Default: allows everything, in a dialog. */
  readonly answer?: (request: ApprovalRequest) => ApprovalDecision | undefined;
  readonly from?: AnswerSource;
  /** Beside those on the disk. */
  readonly tools?: readonly Tool[];
  /** The model costs something. */
  readonly priced?: Pick<Meter, "modelId" | "maxTokens">;
  readonly maxSteps?: number;
  readonly session?: Partial<ChatSessionOptions>;
}

/** Throw-away folders, and a session of the product's own loop, policy and tools on them, with a model that is scripted. */
export interface SessionScene {
  readonly ws: string;
  readonly out: string;
  readonly home: string;
  readonly model: ScriptedModel;
  readonly session: ChatSession;
  readonly policy: SessionPolicy;
  readonly entries: ReturnType<typeof testPolicy>["entries"];
  readonly stored: ReturnType<typeof testPolicy>["stored"];
  /** As the screen gets them. */
  readonly events: readonly ChatEvent[];
  /** As the disk gets them. */
  readonly kept: { readonly events: readonly ChatEvent[]; readonly messages: readonly Message[] };
  readonly questions: readonly ApprovalRequest[];
  readonly reports: readonly unknown[];
  send(text?: string): Promise<TurnOutcome | undefined>;
  /** Resolves with the next question, or one that is there already and was not taken. */
  question(): Promise<ApprovalRequest>;
  /** All files of the three folders, by their path: content. */
  files(): Promise<Readonly<Record<string, string>>>;
}

export async function sessionScene(
  test: TestContext,
  replies: readonly (readonly ReplyPart[])[],
  options: SceneOptions = {},
): Promise<SessionScene> {
  const root = await temporaryFolder(test);
  const [ws, out, home, own] = ["ws", "out", "home", "own"].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const folder of [ws, out, home, own]) await mkdir(folder);
  const { policy, entries, stored } = testPolicy({
    ...options,
    paths: createPathContext({ folders: () => [ws], home, ownFolders: [own] }),
  });
  const model = new ScriptedModel(...replies);
  const kept = { events: [] as ChatEvent[], messages: [] as Message[] };
  const tools = [...createDiskTools({ folder: ws, guard: policy.files }), ...(options.tools ?? [])];
  const { session, reports } = createSession(model, {
    store: maskedStore(
      {
        event: (event) => void kept.events.push(event),
        message: (message) => void kept.messages.push(message),
        prompt: () => undefined,
        untrusted: () => undefined,
        flush: async () => undefined,
      },
      policy.mask,
    ),
    settings: () => ({
      connection: { kind: "demo" },
      maxSteps: options.maxSteps ?? 60,
      limits: { retries: 3, longestWaitMs: 60_000 },
      compaction: "automatic",
    }),
    connect: async () => ({
      model: policy.guardModel(model, options.priced),
      pace: new RequestPace({ requests: 1_000_000, tokens: 1_000_000_000 }),
    }),
    tools: () => tools,
    createGate: (ask, notify) => policy.createGate(ask, notify),
    ...options.session,
  });
  const events: ChatEvent[] = [];
  const { questions, question } = answering(session, options);
  session.subscribe((event) => void events.push(event));
  return {
    ...{ ws, out, home, model, session, policy, entries, stored, events, kept, questions, reports, question },
    send: (text = "go") => session.send({ text, attachments: [] }),
    files: () => filesIn(root, [ws, out, home]),
  };
}

function answering(session: ChatSession, { answer = () => allow, from = "user" }: SceneOptions) {
  const questions: ApprovalRequest[] = [];
  const waiting: ((request: ApprovalRequest) => void)[] = [];
  let taken = 0;
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { request } = event;
    questions.push(request);
    waiting.shift()?.(request);
    const decision = answer(request);
    const { id, digest } = request;
    if (decision !== undefined) setImmediate(() => session.answer({ id, digest, decision }, from));
  });
  const question = (): Promise<ApprovalRequest> => {
    const next = questions[taken++];
    return next === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(next);
  };
  return { questions, question };
}

async function filesIn(root: string, folders: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      found.push([relative(root, path), await readFile(path, "utf8")]);
    }
  }
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

export interface ScriptedCall {
  readonly tool: string;
  readonly input: unknown;
  readonly id?: string;
}

/** A message of tool calls, which is how the model asks for them. */
export function calls(...asked: readonly ScriptedCall[]): readonly ReplyPart[] {
  const blocks = asked.flatMap(({ tool, input, id = `t${index(asked, tool, input)}` }, at) =>
    toolBlock(at, id, tool, typeof input === "string" ? input : JSON.stringify(input)),
  );
  return [...blocks, messageStop("tool_use")];
}

function index(asked: readonly ScriptedCall[], tool: string, input: unknown): number {
  return asked.findIndex((each) => each.tool === tool && each.input === input) + 1;
}

export function says(text = "Done."): readonly ReplyPart[] {
  return [...textBlock(0, text), messageStop("end_turn")];
}

/** The results of tool calls in a request, as Bedrock gets them: status and text. */
export function resultsIn(request: ModelRequest | undefined): readonly (readonly [string | undefined, string])[] {
  const blocks = (request?.messages ?? []).flatMap(({ content = [] }) => content);
  return blocks.flatMap(({ toolResult }) =>
    toolResult === undefined ? [] : [[toolResult.status, textOf(toolResult)]],
  );
}

function textOf({ content = [] }: ToolResultBlock): string {
  return content.map(({ text, json }) => text ?? JSON.stringify(json)).join("\n");
}
