import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Model } from "../../src/agent/model.ts";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { ChatSession } from "../../src/chat/chat-session.ts";
import { newSession } from "../../src/chat/restore-session.ts";
import type { ChatSessionOptions } from "../../src/chat/session-options.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { fakeTiming } from "./fake-timing.ts";
import { testGate } from "./test-policy.ts";

export interface CreatedSession {
  readonly session: ChatSession;
  /** What the session's store was told, in order. */
  readonly stored: { readonly events: readonly ChatEvent[]; readonly messages: readonly Message[] };
  /** What was reported as a bug. */
  readonly reports: readonly unknown[];
}

/** A session that keeps its events in memory, with the real loop and policy. */
export function createSession(model: Model, options: Partial<ChatSessionOptions> = {}): CreatedSession {
  const events: ChatEvent[] = [];
  const messages: Message[] = [];
  const reports: unknown[] = [];
  const pace = new RequestPace({ requests: 1, tokens: 1 });
  const session = new ChatSession({
    start: newSession("s1"),
    store: {
      event: (event) => void events.push(event),
      message: (message) => void messages.push(message),
      prompt: () => undefined,
      untrusted: () => undefined,
      flush: async () => undefined,
    },
    settings: () => ({
      connection: { kind: "demo" },
      maxSteps: 25,
      limits: { retries: 3, longestWaitMs: 60_000 },
      compaction: "automatic",
    }),
    connect: async () => ({ model, pace }),
    tools: () => [],
    createGate: (ask) => testGate({ ask }),
    systemPrompt: () => "Be brief.",
    timing: fakeTiming(),
    report: (error) => void reports.push(error),
    ...options,
  });
  return { session, stored: { events, messages }, reports };
}
