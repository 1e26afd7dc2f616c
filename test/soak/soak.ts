import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import type { ChatSession } from "../../src/chat/chat-session.ts";
import { createPolicy } from "../../src/headless/create-policy.ts";
import type { SessionPolicy } from "../../src/policy/session-policy.ts";
import type { ChatState } from "../../src/protocol/chat-state.ts";
import { refusals } from "../support/accepted-by-bedrock.ts";
import { openHeadlessSession } from "./headless-session.ts";
import {
  countDescriptors,
  countResources,
  heapAfterCollection,
  leftOver,
  type ResourceCount,
} from "./resource-count.ts";
import { SeededRandom } from "./seeded-random.ts";
import { type SoakKind, soakAnswer, soakKinds, soakPrompt } from "./soak-prompt.ts";

export interface SoakOptions {
  readonly turns: number;
  readonly seed: number;
  /** Told after every session. */
  readonly onSample?: (sample: SoakSample) => void;
}

export interface SoakSample {
  readonly turn: number;
  /** Bytes in use after a collection. */
  readonly heap: number;
  readonly resources: ResourceCount;
  readonly descriptors: number;
}

export interface SoakReport {
  /** How many turns ended in each way. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly samples: readonly SoakSample[];
  /** What the process still held when everything was closed, and had not held before. */
  readonly leaked: ResourceCount;
  /** Rules that were broken, each with its turn; warnings of Node are among them. */
  readonly broken: readonly string[];
}

/** Turns of one conversation; then a new one begins, as a person would. */
const turnsOfSession = 8;
/** Kept connections of the pool come and go; more than these more at the end than at the beginning are a leak. */
const spareDescriptors = 4;
const patienceMs = 500;

/** Plays many turns with faults in this process: real tools, client, policy and journal, the far side in another process. */
export async function playSoak({ turns, seed, onSample }: SoakOptions): Promise<SoakReport> {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-soak-"));
  const workspace = join(folder, "workspace");
  process.env["OUTCROP_STATE"] = join(folder, "state");
  const before = countResources();
  const broken: string[] = [];
  const onWarning = (warning: Error): void => void broken.push(`${warning.name}: ${warning.message}`);
  process.on("warning", onWarning);
  const { child, endpoint } = await startServer(seed);
  const run: SoakRun = {
    folder,
    policy: createPolicy({
      ...{ session: "soak", folder: workspace, secrets: [], rules: [] },
      report: (error) => broken.push(String(error)),
    }),
    settings: {
      // Cheap enough for the budget of a day.
      modelId: "global.anthropic.claude-haiku-4-5-20251001-v1:0",
      region: "us-east-1",
      profile: undefined,
      endpoint,
      maxTokens: 1_024,
      firstByteMs: patienceMs,
      idleMs: patienceMs,
    },
    pool: new ClientPool(),
    random: new SeededRandom(seed),
    outcomes: {},
    broken,
  };
  const samples: SoakSample[] = [];
  try {
    prepareWorkspace(workspace);
    for (let first = 1; first <= turns; first += turnsOfSession) {
      const last = Math.min(turns, first + turnsOfSession - 1);
      await playSession(run, first, last);
      const sample = {
        turn: last,
        heap: await heapAfterCollection(),
        resources: countResources(),
        descriptors: countDescriptors(),
      };
      samples.push(sample);
      // A kept connection is idle and not in this list.
      const inUse = sample.resources["TCPSocketWrap"] ?? 0;
      if (inUse > 0) broken.push(`after turn ${last} ${inUse} connections are still in use`);
      onSample?.(sample);
    }
  } finally {
    run.pool.close();
    const gone = once(child, "exit");
    child.disconnect();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
  const leaked = await leftOver(before);
  const [opened = 0, openInTheEnd = 0] = [samples.at(0)?.descriptors, samples.at(-1)?.descriptors];
  if (openInTheEnd > opened + spareDescriptors) broken.push(`descriptors grow from ${opened} to ${openInTheEnd}`);
  process.off("warning", onWarning);
  return { outcomes: run.outcomes, samples, leaked, broken };
}

interface SoakRun {
  readonly folder: string;
  readonly policy: SessionPolicy;
  readonly settings: BedrockSettings;
  readonly pool: ClientPool;
  readonly random: SeededRandom;
  readonly outcomes: Record<string, number>;
  readonly broken: string[];
}

async function startServer(seed: number): Promise<{ child: ChildProcess; endpoint: string }> {
  const child = fork(fileURLToPath(new URL("soak-server.ts", import.meta.url)), [String(seed)]);
  const [endpoint] = await once(child, "message");
  return { child, endpoint: String(endpoint) };
}

function prepareWorkspace(folder: string): void {
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  const quick = { label: "quick", type: "shell", command: "echo done" };
  const slow = {
    label: "slow",
    type: "process",
    command: process.execPath,
    args: ["-e", "setTimeout(() => {}, 60_000)"],
  };
  writeFileSync(join(folder, ".vscode", "tasks.json"), JSON.stringify({ version: "2.0.0", tasks: [quick, slow] }));
  writeFileSync(join(folder, "notes.txt"), "hay\nneedle\nhay\n".repeat(50));
}

async function playSession(run: SoakRun, first: number, last: number): Promise<void> {
  const { folder, policy, settings, pool, broken } = run;
  const file = join(folder, "sessions", `${first}.jsonl`);
  const opened = openHeadlessSession({ workspace: join(folder, "workspace"), file, policy, pool, settings });
  for (let turn = first; turn <= last; turn++) broken.push(...(await playTurn(run, opened.session, turn)));
  broken.push(...opened.reports.map((report) => `session ${first}: reported as a bug: ${String(report)}`));
  broken.push(...refusals(opened.messages).map((refusal) => `session ${first}: Bedrock would refuse ${refusal}`));
  await opened.close();
}

async function playTurn({ random, outcomes }: SoakRun, session: ChatSession, turn: number): Promise<readonly string[]> {
  const kind = chooseKind(random);
  const stops = kind === "slow" || random.next() < 0.05;
  const stopped = new AbortController();
  // The slow task only ends by Stop.
  if (stops) stopSoon(session, 20 + random.below(kind === "slow" ? 400 : 60), stopped.signal);
  const outcome = await session.send({ text: soakPrompt(turn, kind), attachments: [] });
  stopped.abort();
  const name = outcome?.kind === "failed" ? `failed (${outcome.error.kind})` : (outcome?.kind ?? "not sent");
  outcomes[name] = (outcomes[name] ?? 0) + 1;
  if (outcome?.kind !== "completed") return outcome === undefined ? [`turn ${turn} was not taken`] : [];
  const shown = shownText(session.chat);
  const meant = kind === "talk" ? soakAnswer(turn) : `Let me see.${soakAnswer(turn)}`;
  return shown === meant ? [] : [`turn ${turn} (${kind}) shows ${JSON.stringify(shown)}`];
}

function stopSoon(session: ChatSession, milliseconds: number, signal: AbortSignal): void {
  void (async () => {
    await sleep(milliseconds, undefined, { signal });
    // Until the turn has ended: what was not begun yet cannot be stopped.
    while (!signal.aborted) {
      session.stop();
      await sleep(50, undefined, { signal });
    }
  })().catch(() => undefined);
}

/** Mostly talk, and few programs: they cost most of the time. */
function chooseKind(random: SeededRandom): SoakKind {
  const dice = random.next();
  if (dice < 0.02) return "slow";
  if (dice < 0.06) return "task";
  return soakKinds[random.below(4)] ?? "talk";
}

function shownText(chat: ChatState): string {
  return (chat.past.at(-1)?.parts ?? []).map((part) => (part.kind === "text" ? part.text : "")).join("");
}
