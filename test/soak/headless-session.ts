import { randomUUID } from "node:crypto";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { RequestPace } from "../../src/agent/request-pace.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import type { ClientPool } from "../../src/bedrock/client-pool.ts";
import { ChatSession } from "../../src/chat/chat-session.ts";
import { Journal } from "../../src/chat/journal.ts";
import { maskedStore } from "../../src/chat/masked-store.ts";
import { newSession } from "../../src/chat/restore-session.ts";
import { systemPrompt } from "../../src/chat/system-prompt.ts";
import { decideApproval } from "../../src/headless/approve.ts";
import { createDiskTools } from "../../src/headless/disk-tools.ts";
import { DiskWorkspace } from "../../src/headless/disk-workspace.ts";
import type { SessionPolicy } from "../../src/policy/session-policy.ts";
import { hurriedTiming } from "../support/hurried-timing.ts";

export interface HeadlessOptions {
  readonly workspace: string;
  /** The file that keeps the session. */
  readonly file: string;
  /** The runner has one for its process, with one audit log. */
  readonly policy: SessionPolicy;
  readonly pool: ClientPool;
  readonly settings: BedrockSettings;
}

export interface HeadlessSession {
  readonly session: ChatSession;
  readonly messages: readonly Message[];
  /** What was reported as a bug of ours. */
  readonly reports: readonly unknown[];
  /** The runner ends with its process; here the next session follows. */
  readonly close: () => Promise<void>;
}

const neverEnds = new AbortController().signal;

/**
 * A session of the parts that `npm run turn` is made of, put together as there: its policy with audit and budgets, its
 * tools, its journal, its approvals. Only the clock is not the real one: waits for a retry are short.
 */
export function openHeadlessSession(options: HeadlessOptions): HeadlessSession {
  const { workspace: folder, file, policy, pool, settings } = options;
  const workspace = new DiskWorkspace(folder);
  const start = newSession(randomUUID());
  const journal = new Journal(file, start.chat.sessionId, false);
  const tools = createDiskTools({ folder, guard: policy.files });
  const pace = new RequestPace();
  const masked = maskedStore(journal, policy.mask);
  const messages: Message[] = [];
  const reports: unknown[] = [];
  const session = new ChatSession({
    start,
    store: {
      ...masked,
      message: (message) => {
        messages.push(message);
        masked.message(message);
      },
    },
    settings: () => ({
      connection: { kind: "bedrock", modelId: settings.modelId },
      maxSteps: 25,
      limits: { retries: 3, longestWaitMs: 60_000 },
      compaction: "automatic",
    }),
    connect: async () => ({ model: policy.guardModel(pool.model(settings), settings), pace }),
    tools: () => tools,
    createGate: (ask, notify) => policy.createGate(ask, notify),
    systemPrompt: (hasTools, mode) =>
      systemPrompt({ folders: workspace.folders(), platform: process.platform, hasTools, mode }),
    timing: hurriedTiming(),
    report: (error) => void reports.push(error),
  });
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    void decideApproval("all", event.request, neverEnds).then((decision) =>
      session.answer({ id, digest, decision }, "user"),
    );
  });
  return { session, messages, reports, close: () => journal.close() };
}
