import type { TestContext } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Oddities } from "../../src/agent/oddities.ts";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { systemTiming } from "../../src/agent/system-timing.ts";
import type { Tool } from "../../src/agent/tool.ts";
import { ChatSession } from "../../src/chat/chat-session.ts";
import { newSession } from "../../src/chat/restore-session.ts";
import type { RunningEmulator } from "../../src/emulator/emulator-server.ts";
import type { RawEvent, Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent, TurnOutcome } from "../../src/protocol/chat-event.ts";
import { testGate } from "./test-policy.ts";
import { member, modelId, openWire, type Transport } from "./wire-call.ts";

export interface Talk {
  /** One turn of the session. */
  say(prompt: string): Promise<TurnOutcome | undefined>;
  readonly session: ChatSession;
  readonly emulator: RunningEmulator;
  /** In order, as the session's store got them. */
  readonly events: readonly ChatEvent[];
  readonly messages: readonly Message[];
  /** Of each attempt in which there were any. */
  readonly oddities: readonly Oddities[];
  /** `messages` of a request, as it came over the wire. */
  sent(request: number): unknown;
}

interface TalkOptions {
  readonly tools?: readonly Tool[];
  readonly modelId?: string;
}

/** A session of the product's own client, loop and policy against an emulator that gives these replies. No retries. */
export async function openTalk(
  test: TestContext,
  transport: Transport,
  replies: readonly Reply[],
  { tools = [], modelId: id = modelId }: TalkOptions = {},
): Promise<Talk> {
  const wire = await openWire(test, transport, replies);
  const events: ChatEvent[] = [];
  const messages: Message[] = [];
  const oddities: Oddities[] = [];
  const session = new ChatSession({
    start: newSession("talk"),
    store: {
      event: (event) => void events.push(event),
      message: (message) => void messages.push(message),
      prompt: () => undefined,
      untrusted: () => undefined,
      flush: async () => undefined,
    },
    settings: () => ({
      connection: { kind: "bedrock", modelId: id },
      maxSteps: 10,
      limits: { retries: 0, longestWaitMs: 1 },
      compaction: "off",
    }),
    connect: async () => ({
      pace: new RequestPace({ requests: 1, tokens: 1 }),
      model: wire.pool.model({ ...wire.settings, modelId: id }),
    }),
    tools: () => tools,
    createGate: (ask) => testGate({ ask }),
    systemPrompt: () => "You are a test.",
    timing: systemTiming,
    report: (error) => {
      throw error;
    },
    onOddities: (found) => void oddities.push(found),
  });
  return {
    say: (prompt) => session.send({ text: prompt, attachments: [] }),
    session,
    emulator: wire.emulator,
    events,
    messages,
    oddities,
    sent: (request) => member(wire.emulator.requests[request]?.body, "messages"),
  };
}

/** Frames of a scripted stream, one by one. */
export const frame = {
  start: (index: number | undefined, start: RawEvent["payload"]): RawEvent =>
    inBlock("contentBlockStart", index, { start: start ?? {} }),
  tool: (index: number, toolUseId: string, name: string): RawEvent =>
    inBlock("contentBlockStart", index, { start: { toolUse: { toolUseId, name } } }),
  delta: (index: number | undefined, delta: RawEvent["payload"]): RawEvent =>
    inBlock("contentBlockDelta", index, { delta: delta ?? {} }),
  text: (index: number | undefined, text: string): RawEvent => inBlock("contentBlockDelta", index, { delta: { text } }),
  input: (index: number | undefined, input: string): RawEvent =>
    inBlock("contentBlockDelta", index, { delta: { toolUse: { input } } }),
  stop: (index: number | undefined): RawEvent => inBlock("contentBlockStop", index, {}),
  end: (stopReason = "end_turn"): RawEvent => ({ event: "messageStop", payload: { stopReason } }),
};

function inBlock(event: string, index: number | undefined, payload: Readonly<Record<string, RawEvent["payload"]>>) {
  const known = Object.entries(payload).filter(([, value]) => value !== undefined);
  const place = index === undefined ? {} : { contentBlockIndex: index };
  return { event, payload: { ...place, ...Object.fromEntries(known.map(([key, value]) => [key, value ?? null])) } };
}
