import type { TestContext } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { AnswererFacts } from "../../src/agent/answerer-facts.ts";
import type { CallRecord } from "../../src/agent/model.ts";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { systemTiming } from "../../src/agent/system-timing.ts";
import type { Timing } from "../../src/agent/timing.ts";
import type { Tool } from "../../src/agent/tool.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import type { ChatSession } from "../../src/chat/chat-session.ts";
import type { TurnSettings } from "../../src/chat/turn-runner.ts";
import type { Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { createSession } from "./create-session.ts";
import { testGate } from "./test-policy.ts";
import { modelId, openWire, type Transport, type Wire } from "./wire-call.ts";

export interface WireTurns extends Wire {
  readonly session: ChatSession;
  readonly events: readonly ChatEvent[];
  readonly messages: readonly Message[];
  /** Resolves with the next event of this type. */
  next(type: ChatEvent["type"]): Promise<ChatEvent>;
}

export interface WireTurnsOptions {
  /** Changes to the settings of the client. */
  readonly settings?: Partial<BedrockSettings>;
  /** How the emulator is started. */
  readonly emulator?: Parameters<typeof openWire>[3];
  readonly tools?: readonly Tool[];
  readonly timing?: Timing;
  readonly pace?: RequestPace;
  readonly retries?: number;
  readonly compaction?: TurnSettings["compaction"];
  readonly maxSteps?: number;
  readonly system?: string;
  /** What is said to be asked of the model; by default nothing is. */
  readonly facts?: AnswererFacts;
  /** The clock of the emulator's prompt cache. */
  readonly now?: () => number;
  /** Folders of the workspace; by default there is none, and every read of a file is asked for. */
  readonly folders?: readonly string[];
  /** Told of every failed model call. */
  readonly onFailure?: (record: CallRecord) => void;
}

/** A session of the product's own loop, policy and client in front of an emulator. */
export async function openWireTurns(
  test: TestContext,
  transport: Transport,
  script: Responder | readonly Reply[],
  options: WireTurnsOptions = {},
): Promise<WireTurns> {
  const clock = options.now === undefined ? {} : { now: options.now };
  const wire = await openWire(test, transport, script, { ...options.emulator, ...clock });
  const { timing = systemTiming, tools = [], retries = 3, folders = [] } = options;
  const pace = options.pace ?? new RequestPace({ requests: 1_000_000, tokens: 1_000_000_000 });
  const settings = { ...wire.settings, ...options.settings };
  const model = wire.pool.model(settings);
  const { session, stored } = createSession(model, {
    timing,
    tools: () => tools,
    connect: async () => ({ model: wire.pool.model(settings), pace, ...(options.facts && { facts: options.facts }) }),
    ...(options.system !== undefined && { systemPrompt: () => options.system ?? "" }),
    settings: () => ({
      connection: { kind: "bedrock", modelId: options.settings?.modelId ?? modelId },
      maxSteps: options.maxSteps ?? 10,
      limits: { retries, longestWaitMs: 60_000 },
      compaction: options.compaction ?? "off",
    }),
    ...(options.onFailure !== undefined && { onFailure: options.onFailure }),
    createGate: (ask) => testGate({ folders, ask }),
    report: (error) => {
      throw error;
    },
  });
  return {
    ...wire,
    session,
    events: stored.events,
    messages: stored.messages,
    next: (type) =>
      new Promise((resolve) => {
        const unsubscribe = session.subscribe((event) => {
          if (event.type !== type) return;
          unsubscribe();
          resolve(event);
        });
      }),
  };
}

/** Resolves when the server has seen the end of every answer. The test's own time limit ends the wait. */
export async function untilAnswersEnded({ emulator }: Wire): Promise<void> {
  while (emulator.requests.some(({ endedAt }) => endedAt === undefined)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
