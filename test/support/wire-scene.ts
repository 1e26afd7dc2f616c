import { readFileSync } from "node:fs";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { systemTiming } from "../../src/agent/system-timing.ts";
import type { Tool } from "../../src/agent/tool.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { ChatSession } from "../../src/chat/chat-session.ts";
import { newSession } from "../../src/chat/restore-session.ts";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { RecordedRequest } from "../../src/emulator/server/recorded-request.ts";
import type { ChatEvent, TurnOutcome } from "../../src/protocol/chat-event.ts";
import { makeSelfSigned, trust } from "./self-signed.ts";
import { testGate } from "./test-policy.ts";

const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** How the client reaches the emulator. */
export const transports = ["plain", "tls"] as const;
export type Transport = (typeof transports)[number];

const certificate = makeSelfSigned();
trust(certificate);

export interface PlayedTurn {
  readonly outcome: TurnOutcome | undefined;
  readonly events: readonly ChatEvent[];
  readonly messages: readonly Message[];
  readonly requests: readonly RecordedRequest[];
}

/** Plays a script of `test/fixtures/scripts` over a real socket to the product's own client, loop, policy and session. */
export async function playTurn(script: string, prompt: string, tools: readonly Tool[], transport: Transport) {
  const file = new URL(`../fixtures/scripts/${script}.json`, import.meta.url);
  const emulator = await startEmulator({
    script: JSON.parse(readFileSync(file, "utf8")),
    ...(transport === "tls" && { tls: certificate }),
  });
  const events: ChatEvent[] = [];
  const messages: Message[] = [];
  const pool = new ClientPool();
  const pace = new RequestPace({ requests: 1, tokens: 1 });
  const session = new ChatSession({
    start: newSession("wire"),
    store: {
      event: (event) => void events.push(event),
      message: (message) => void messages.push(message),
      prompt: () => undefined,
      untrusted: () => undefined,
      flush: async () => undefined,
    },
    settings: () => ({
      connection: { kind: "bedrock", modelId },
      maxSteps: 10,
      limits: { retries: 0, longestWaitMs: 1 },
      compaction: "automatic",
    }),
    connect: async () => ({
      pace,
      model: pool.model({
        modelId,
        region: "us-east-1",
        profile: undefined,
        endpoint: emulator.url,
        maxTokens: 1024,
        firstByteMs: 10_000,
        idleMs: 10_000,
      }),
    }),
    tools: () => tools,
    createGate: (ask) => testGate({ ask }),
    systemPrompt: () => "You are a test.",
    timing: systemTiming,
    report: (error) => {
      throw error;
    },
  });
  try {
    const outcome = await session.send({ text: prompt, attachments: [] });
    return { outcome, events, messages, requests: [...emulator.requests] } satisfies PlayedTurn;
  } finally {
    pool.close();
    await emulator.close();
  }
}

/** The answer as the screen would have it. */
export function shownText(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
}
