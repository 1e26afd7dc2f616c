import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { PreparedCall, Tool } from "../../src/agent/tool.ts";
import { untilAborted } from "../../src/agent/until-aborted.ts";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { httpErrorReply } from "../../src/emulator/replies.ts";
import type { Responder } from "../../src/emulator/responder.ts";
import type { RecordedRequest } from "../../src/emulator/server/recorded-request.ts";
import type { ChatEvent, TurnOutcome } from "../../src/protocol/chat-event.ts";
import type { ChatState } from "../../src/protocol/chat-state.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { makeSelfSigned, trust } from "../support/self-signed.ts";
import type { FaultCell } from "./fault-cells.ts";
import { faultyReply } from "./faulty-reply.ts";
import { type Relay, startRelay } from "./relay.ts";
import { isTooLong, meantReply, prompts, type SpokenStep, stepOf } from "./spoken-scene.ts";
import { openWireSession, type WireSession } from "./wire-session.ts";

const certificate = makeSelfSigned();
trust(certificate);

/** Both watchdogs: far above what a busy machine takes for an answer that is there. */
const patienceMs = 2_000;
/** A conversation that takes longer than this hangs. */
const hangMs = 60_000;
/** Between the moment that the fault begins and the user's Stop. */
const stopAfterMs = 60;

/** What really happened on the far side, in order. */
export type FarEvent =
  | { readonly kind: "answered"; readonly step: SpokenStep; readonly whole: boolean }
  | { readonly kind: "ran"; readonly tool: string; readonly input: string }
  /** While a tool ran its kept connection died, or the user pressed Stop. */
  | { readonly kind: "struck" };

/** The turn in which the fault struck, and what followed. */
export interface PlayedCell {
  /** `hang`: it did not end. */
  readonly outcome: TurnOutcome | "hang" | undefined;
  /** After the turn. */
  readonly chat: ChatState;
  readonly events: readonly ChatEvent[];
  /** The history after the turn, and at the end of everything. */
  readonly histories: readonly (readonly Message[])[];
  readonly far: readonly FarEvent[];
  /** The same to the end of everything. */
  readonly farInAll: readonly FarEvent[];
  /** Requests that the emulator would not take, by status. */
  readonly refused: number;
  /** Retry after a turn that failed under a lasting fault, which is over by then. */
  readonly resumed: { readonly outcome: TurnOutcome | "hang" | undefined; readonly chat: ChatState } | undefined;
  readonly next: { readonly outcome: TurnOutcome | "hang" | undefined; readonly chat: ChatState };
  /** Requests of the turn whose connection the server never saw ended. */
  readonly leftOpen: readonly RecordedRequest[];
  readonly reports: readonly unknown[];
}

/** Plays one cell over real sockets: the turn with its fault, Retry where it failed, and the next prompt. */
export async function playCell(cell: FaultCell): Promise<PlayedCell> {
  const stage: Stage = { far: [], faulty: true, wire: undefined, relay: undefined };
  const emulator = await startEmulator({
    script: faultyResponder(cell, stage),
    ...(cell.transport === "tls" && { tls: certificate }),
  });
  if (cell.phase === "during a tool") stage.relay = await startRelay(emulator.port);
  const scheme = cell.transport === "tls" ? "https" : "http";
  const endpoint = `${scheme}://127.0.0.1:${stage.relay?.port ?? emulator.port}`;
  const wire = openWireSession({ endpoint, tools: sceneTools(cell, stage), patienceMs });
  stage.wire = wire;
  try {
    return await playConversation(cell, stage, wire, emulator);
  } finally {
    wire.session.stop();
    wire.pool.close();
    await stage.relay?.close();
    await emulator.close();
  }
}

interface Stage {
  readonly far: FarEvent[];
  /** Whether the fault still strikes. */
  faulty: boolean;
  wire: WireSession | undefined;
  relay: Relay | undefined;
}

async function playConversation(
  cell: FaultCell,
  stage: Stage,
  { session, events, messages, reports }: WireSession,
  emulator: RunningEmulator,
): Promise<PlayedCell> {
  if (cell.step === "summary") await orHang(session.send({ text: prompts.before, attachments: [] }));
  const before = events.length;
  const outcome = await orHang(session.send({ text: prompts.first, attachments: [] }));
  const leftOpen = await stillOpen(emulator);
  const history = [...messages];
  const turn = {
    outcome,
    chat: session.chat,
    events: events.slice(before),
    far: [...stage.far],
    leftOpen,
  };
  stage.faulty = false;
  const failed = typeof outcome === "object" && outcome.kind === "failed";
  const resumes = failed && cell.strikes === "always";
  const resumed = resumes ? { outcome: await orHang(session.resume()), chat: session.chat } : undefined;
  const next = await orHang(session.send({ text: prompts.next, attachments: [] }));
  const answered = stage.far.filter(({ kind }) => kind === "answered").length;
  return {
    ...turn,
    histories: [history, [...messages]],
    resumed,
    next: { outcome: next, chat: session.chat },
    farInAll: [...stage.far],
    refused: emulator.requests.length - answered,
    reports: [...reports],
  };
}

async function orHang(turn: Promise<TurnOutcome | undefined>): Promise<TurnOutcome | "hang" | undefined> {
  const over = new AbortController();
  const hang = sleep(hangMs, "hang" as const, { signal: over.signal }).catch(() => "hang" as const);
  try {
    return await Promise.race([turn, hang]);
  } finally {
    over.abort();
  }
}

/** The emulator notes the end of each answer, whoever ended it. */
async function stillOpen(emulator: RunningEmulator): Promise<readonly RecordedRequest[]> {
  const open = (): readonly RecordedRequest[] => emulator.requests.filter(({ endedAt }) => endedAt === undefined);
  for (let tries = 0; tries < 500 && open().length > 0; tries++) await sleep(20);
  return open();
}

function faultyResponder(cell: FaultCell, stage: Stage): Responder {
  const { kind, step: struckStep } = cell;
  let struck = 0;
  return (call) => {
    const step = stepOf(call);
    const reply = meantReply(step, call);
    if (cell.step === "summary" && isTooLong(call)) {
      stage.far.push({ kind: "answered", step, whole: false });
      return httpErrorReply(400, "ValidationException", "Input is too long for requested model.");
    }
    const strikes = stage.faulty && step === struckStep && (cell.strikes === "always" || struck === 0);
    stage.far.push({ kind: "answered", step, whole: !strikes || kind.harmless === true });
    if (!strikes || (kind.stops === true && cell.phase === "during a tool")) return reply;
    struck++;
    if (kind.stops === true) setTimeout(() => stage.wire?.session.stop(), stopAfterMs).unref();
    return faultyReply(reply, kind, cell.afterEvents);
  };
}

/** A tool that reads and one that has an effect, and so asks. Each notes when it really runs, and with what. */
function sceneTools(cell: FaultCell, stage: Stage): readonly Tool[] {
  const ran = (tool: string, input: unknown): void => {
    stage.far.push({ kind: "ran", tool, input: JSON.stringify(input) });
  };
  const look = fakeTool("look", (input) => ({
    run: async () => {
      ran("look", input);
      return { content: [{ text: "A door." }], title: "Looked" };
    },
  }));
  const act = fakeTool("act", (input) => ({
    effect: "execute",
    run: async ({ signal }) => {
      ran("act", input);
      await troubleDuringTool(cell, stage, signal);
      return { content: [{ text: "Opened." }], title: "Acted" };
    },
  }));
  return [look, act];
}

/** The kept connection dies while a tool runs, or the user presses Stop. */
async function troubleDuringTool(
  { phase, kind, afterEvents }: FaultCell,
  { relay, wire, far }: Stage,
  signal: Parameters<PreparedCall["run"]>[0]["signal"],
): Promise<void> {
  if (phase !== "during a tool") return;
  far.push({ kind: "struck" });
  if (kind.stops === true) {
    wire?.session.stop();
    await untilAborted(new Promise(() => undefined), signal);
  }
  relay?.dropAll(afterEvents % 2 === 0 && kind.place === "frame" ? "fin" : "reset");
  await sleep(10);
}
