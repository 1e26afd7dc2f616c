import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Tool } from "../../src/agent/tool.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import type { ChatSession } from "../../src/chat/chat-session.ts";
import { newSession, type SessionStart } from "../../src/chat/restore-session.ts";
import type { SessionStore } from "../../src/chat/session-options.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { createSession } from "../support/create-session.ts";
import { hurriedTiming } from "../support/hurried-timing.ts";
import { testGate } from "../support/test-policy.ts";

const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** The most attempts of one step: the retries that the session's settings allow, and once more by the user. */
export const mostAttempts = 5;

export interface WireSessionOptions {
  readonly endpoint: string;
  readonly tools: readonly Tool[];
  /** Both watchdogs, in milliseconds. */
  readonly patienceMs: number;
  /** Folders of the workspace; by default there is none. */
  readonly folders?: readonly string[];
  readonly start?: SessionStart;
  readonly store?: SessionStore;
  /** Kept by the caller where several sessions share one, as they do in an editor's window. */
  readonly pool?: ClientPool;
}

/** A session with the product's loop, policy and client, and what it said. */
export interface WireSession {
  readonly session: ChatSession;
  readonly pool: ClientPool;
  readonly events: readonly ChatEvent[];
  readonly messages: readonly Message[];
  /** What was reported as a bug of ours. */
  readonly reports: readonly unknown[];
}

/** Every approval that the session asks for is granted once. */
export function openWireSession(options: WireSessionOptions): WireSession {
  const { endpoint, tools, patienceMs, folders = [], start = newSession("faults"), pool = new ClientPool() } = options;
  const { store } = options;
  const events: ChatEvent[] = [];
  const messages: Message[] = [...start.messages];
  const model = pool.model({
    modelId,
    region: "us-east-1",
    profile: undefined,
    endpoint,
    maxTokens: 1024,
    firstByteMs: patienceMs,
    idleMs: patienceMs,
  });
  const { session, reports } = createSession(model, {
    start,
    store: {
      event: (event) => {
        events.push(event);
        store?.event(event);
      },
      message: (message) => {
        messages.push(message);
        store?.message(message);
      },
      prompt: () => undefined,
      untrusted: () => undefined,
      flush: async () => store?.flush(),
    },
    tools: () => tools,
    createGate: (ask) => testGate({ folders, ask }),
    timing: hurriedTiming(),
  });
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    queueMicrotask(() => session.answer({ id, digest, decision: { kind: "allow" } }));
  });
  return { session, pool, events, messages, reports };
}
