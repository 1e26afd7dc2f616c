import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Timing } from "../../src/agent/run-step.ts";
import { systemTiming } from "../../src/agent/system-timing.ts";
import type { Tool } from "../../src/agent/tool.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { ChatSession, type SessionStore } from "../../src/chat/chat-session.ts";
import { newSession, type SessionStart } from "../../src/chat/restore-session.ts";
import { PolicyGate } from "../../src/policy/policy-gate.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";

export const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** Automatic retries of one step in these tests. */
export const retries = 3;

export interface WireSessionOptions {
  readonly endpoint: string;
  readonly tools: readonly Tool[];
  /** Both watchdogs, in milliseconds. */
  readonly patienceMs: number;
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

/** Real waits between attempts, but short ones. */
const hurriedTiming: Timing = {
  ...systemTiming,
  wait: (milliseconds, signal) => systemTiming.wait(Math.min(milliseconds, 5), signal),
};

/** Every approval that the session asks for is granted once. */
export function openWireSession(options: WireSessionOptions): WireSession {
  const { endpoint, tools, patienceMs, start = newSession("faults"), store, pool = new ClientPool() } = options;
  const events: ChatEvent[] = [];
  const messages: Message[] = [...start.messages];
  const reports: unknown[] = [];
  const session = new ChatSession({
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
      flush: async () => store?.flush(),
    },
    settings: () => ({
      connection: { kind: "bedrock", modelId, endpoint },
      maxSteps: 10,
      limits: { retries, longestWaitMs: 60_000 },
    }),
    connect: async () =>
      pool.model({
        modelId,
        region: "us-east-1",
        profile: undefined,
        endpoint,
        maxTokens: 1024,
        firstByteMs: patienceMs,
        idleMs: patienceMs,
      }),
    tools: () => tools,
    createGate: (ask) => new PolicyGate({ folders: () => [], isTrusted: () => true, ask }),
    systemPrompt: () => "You are a test.",
    timing: hurriedTiming,
    report: (error) => void reports.push(error),
  });
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    queueMicrotask(() => session.answer({ id, digest, decision: { kind: "allow", scope: "once" } }));
  });
  return { session, pool, events, messages, reports };
}
