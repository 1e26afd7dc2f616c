import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { describeOddities } from "../agent/oddities.ts";
import { RequestPace } from "../agent/request-pace.ts";
import { systemTiming } from "../agent/system-timing.ts";
import {
  type BedrockSettings,
  defaultFirstByteMs,
  defaultIdleMs,
  defaultModelId,
  demoSettings,
} from "../bedrock/bedrock-settings.ts";
import { ClientPool } from "../bedrock/client-pool.ts";
import { LearnedInMemory } from "../bedrock/learned-features.ts";
import { ModelPlaces } from "../bedrock/models/place-model.ts";
import { secretsOf } from "../bedrock/settings-secrets.ts";
import { ChatSession } from "../chat/chat-session.ts";
import { maskedStore } from "../chat/masked-store.ts";
import { StepMeter } from "../chat/step-meter.ts";
import { systemPrompt } from "../chat/system-prompt.ts";
import { createDemoHandler, demoModelId } from "../emulator/demo-handler.ts";
import { admitTools } from "../policy/admit-tools.ts";
import { makeVisible } from "../policy/display/make-visible.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import type { Connection } from "../protocol/connection.ts";
import { costOfChat } from "../protocol/cost.ts";
import type { PlanBoard } from "../tools/plan-board.ts";
import { SessionPrograms } from "../tools/running/session-programs.ts";
import { decideApproval } from "./approve.ts";
import { ArgumentError } from "./argument-error.ts";
import { type ApprovalMode, parseTurnArguments, type TurnArguments, usage } from "./arguments.ts";
import { createPolicy } from "./create-policy.ts";
import { createDiskTools } from "./disk-tools.ts";
import { DiskWorkspace } from "./disk-workspace.ts";
import { endOnBrokenPipe, endOnSignals } from "./end-early.ts";
import { factsOf } from "./facts-of.ts";
import { furtherTools } from "./further-tools.ts";
import { OutputFiles, outputFolder } from "./output-files.ts";
import { printEvent } from "./print-event.ts";
import { publishedPrice } from "./published-price.ts";
import { readRules } from "./read-rules.ts";
import { runCommand } from "./run-command.ts";
import { openSession, SessionFileError } from "./session-file.ts";
import { stateFolder } from "./state-folder.ts";
import { TerminalQuestions } from "./terminal-questions.ts";

/** The composition root of the headless runner: the same agent, policy and tools, without VS Code. */
async function main(): Promise<number> {
  const options = parseTurnArguments(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  let isKept = true;
  const session = await createSession(options, (error) => {
    if (error instanceof SessionFileError) isKept = false;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  });
  endOnSignals(session);
  const brokenPipe = endOnBrokenPipe(session);
  session.subscribe(options.json ? (event) => void process.stdout.write(`${JSON.stringify(event)}\n`) : printEvent);
  session.subscribe(approver(options.approve, session));
  const outcome = await session.send({ text: options.prompt, attachments: [] });
  if (!isKept) return 2;
  return brokenPipe() ?? (outcome?.kind === "completed" ? 0 : 1);
}

async function createSession(options: TurnArguments, report: (error: unknown) => void): Promise<ChatSession> {
  const folder = await existingFolder(options.workspace);
  const workspace = new DiskWorkspace(folder);
  const { start, store } = await openSession(options.session);
  const settings = options.demo ? undefined : toSettings(options);
  const further = await furtherTools({ file: options.tools, session: options.session, report: toStandardError });
  const secrets = [...(settings === undefined ? [] : secretsOf(settings, process.env)), ...further.secrets];
  const meter = new StepMeter();
  const policy = createPolicy({
    onBill: meter.spent,
    spentInSession: costOfChat(start.chat)?.dollars ?? 0,
    report,
    session: start.chat.sessionId,
    folder,
    secrets: secrets.map((value) => ({ value, kind: "credential" })),
    rules: options.rules === undefined ? [] : await readRules(options.rules, toStandardError),
  });
  const outputs = new OutputFiles(outputFolder(stateFolder(), start.chat.sessionId), () => policy.files.maskStream());
  const running = new SessionPrograms(outputs.open);
  const plan: PlanBoard = { showPlan: (items) => session.talk.showPlan(items) };
  const own = createDiskTools({ folder, guard: policy.files, running, user: new TerminalQuestions(), plan });
  const { tools, refused } = admitTools(own, further.tools);
  if (refused.length > 0) throw new ArgumentError(`--tools: ${refused.join("\n")}`);
  const connection = toConnection(options);
  const pace = new RequestPace();
  const pool = new ClientPool(options.demo ? createDemoHandler() : undefined);
  const places = new ModelPlaces(new LearnedInMemory());
  const session = new ChatSession({
    start,
    store: maskedStore(store, policy.mask),
    settings: () => ({
      connection,
      maxSteps: options.maxSteps,
      limits: { retries: options.retries, longestWaitMs: 60_000 },
      compaction: "automatic",
    }),
    connect: async () => {
      const given = toSettings(options);
      const rules = { allowedRegions: options.allowedRegions, modelLimits: undefined };
      const wanted = options.demo ? given : await places.place(given, rules);
      const model = pool.model(wanted);
      if (options.demo) return { model: policy.guardModel(model), pace };
      const { facts, billed } = factsOf(wanted, model, publishedPrice);
      const priced = { ...wanted, modelId: billed, cachesForHour: wanted.request?.promptCaching === "1h" };
      const watched = meter.watch(model, billed, pool.counter(wanted), wanted.maxTokens);
      return { model: policy.guardModel(watched, priced), facts, pace };
    },
    complete: meter.complete,
    tools: () => tools,
    createGate: (...told) => policy.createGate(...told),
    systemPrompt: (hasTools, mode) =>
      systemPrompt({ folders: workspace.folders(), platform: process.platform, hasTools, mode }),
    timing: systemTiming,
    report,
    onOddities: (oddities) => void process.stderr.write(`${describeOddities(oddities)}\n`),
  });
  return session;
}

function toStandardError(problem: string): void {
  process.stderr.write(`${makeVisible(problem)}\n`);
}

/** Answers through the same door as the panel: by the request's id and digest. */
function approver(mode: ApprovalMode, session: ChatSession): (event: ChatEvent) => void {
  const ended = new AbortController();
  return (event) => {
    if (event.type === "turn-end") ended.abort();
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    void decideApproval(mode, event.request, ended.signal).then(
      (decision) => session.answer({ id, digest, decision }, "user"),
      () => session.stop(),
    );
  };
}

function toConnection({ demo, model, region, endpoint }: TurnArguments): Connection {
  if (demo) return { kind: "demo" };
  const modelId = model ?? defaultModelId;
  return {
    kind: "bedrock",
    modelId,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function toSettings(options: TurnArguments): BedrockSettings {
  const limits = {
    maxTokens: options.maxTokens,
    firstByteMs: options.firstByteMs ?? defaultFirstByteMs,
    idleMs: options.idleMs ?? defaultIdleMs,
  };
  if (options.demo) return demoSettings(demoModelId, limits);
  const { model = defaultModelId, region, profile, endpoint, authentication, headers, caBundle, request } = options;
  return {
    ...{ ...limits, modelId: model, region, profile, endpoint, authentication, requestHeaders: headers, request },
    ...(caBundle !== undefined && { network: { caBundle } }),
  };
}

async function existingFolder(path: string): Promise<string> {
  const folder = resolve(path);
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new ArgumentError(`--workspace: there is no folder ${folder}.`);
  return folder;
}

runCommand(main, usage);
