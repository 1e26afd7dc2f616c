import * as vscode from "vscode";
import { RequestPace, RequestPaces } from "./agent/request-pace.ts";
import type { Answerer } from "./agent/run-turn.ts";
import { systemTiming } from "./agent/system-timing.ts";
import { hasSignsOfAws } from "./bedrock/aws-signs.ts";
import { type BedrockSettings, defaultModelId, demoSettings } from "./bedrock/bedrock-settings.ts";
import type { ClientPool } from "./bedrock/client-pool.ts";
import type { LearnedFeatures } from "./bedrock/learned-features.ts";
import { redact } from "./bedrock/redact.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import { secretsOf } from "./bedrock/settings-secrets.ts";
import { ChatSession } from "./chat/chat-session.ts";
import { systemPrompt } from "./chat/system-prompt.ts";
import { PolicyGate } from "./policy/policy-gate.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { createTools } from "./tools/create-tools.ts";
import { ChatController } from "./vscode/chat-controller.ts";
import { ChatView } from "./vscode/chat-view.ts";
import type { Chat } from "./vscode/commands.ts";
import { ConnectionChoice } from "./vscode/connection-choice.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { Log } from "./vscode/log.ts";
import { selectModel } from "./vscode/select-model.ts";
import { type OpenedSession, SessionShelf } from "./vscode/session-shelf.ts";
import { readSettings } from "./vscode/settings.ts";

/** Puts the parts together. Loaded when the view, or a command, is first used: activation itself loads none of this. */
export function composeChat(context: vscode.ExtensionContext): Chat {
  const log = new Log((text) => redact(text, secretsOf(readSettings(), process.env)));
  const view = new ChatView(context.extensionUri);
  const connection = new ConnectionChoice({
    memory: context.globalState,
    defaultModelId,
    hasSignsOfAws: () => hasSignsOfAws(process.env),
  });
  const workspace = new EditorWorkspace();
  const tools = createTools({ workspace, ripgrep: findRipgrep, tasks: new EditorTasks() });
  const connect = lazyModels({
    get: (key) => context.globalState.get(key),
    set: (key, value) => void context.globalState.update(key, value).then(undefined, log.report),
  });

  const createSession = ({ start, journal }: OpenedSession): ChatSession => {
    const session = new ChatSession({
      start,
      store: journal,
      settings: () => {
        const { maxSteps, maxRetries, compaction } = readSettings();
        const limits = { retries: maxRetries, longestWaitMs: 60_000 };
        return { connection: connection.current(), maxSteps, limits, compaction };
      },
      connect,
      tools: () => (vscode.workspace.isTrusted && workspace.folders().length > 0 ? tools : []),
      createGate: (ask) =>
        new PolicyGate({
          folders: () => workspace.folders().map(({ path }) => path),
          isTrusted: () => vscode.workspace.isTrusted,
          ask,
        }),
      systemPrompt: (hasTools) => systemPrompt({ folders: workspace.folders(), platform: process.platform, hasTools }),
      timing: systemTiming,
      report: log.report,
      onOddities: log.oddities,
      onFailure: log.failure,
    });
    session.subscribe(log.event);
    return session;
  };

  const controller = new ChatController({
    view,
    shelf: new SessionShelf(context),
    createSession,
    connection: () => connection.current(),
    discover: () => connection.discover(),
    report: log.report,
  });
  context.subscriptions.push(
    log,
    connection,
    connection.onDidChange(() => controller.contextChanged()),
  );
  return {
    view,
    controller,
    connection,
    selectModel: () => selectModel(connection, listModels),
    showLog: () => log.show(),
  };
}

/** The SDK is loaded with the first turn; the demo's client speaks to the emulator in this process. */
function lazyModels(learned: LearnedFeatures): (connection: Connection) => Promise<Answerer> {
  const paces = new RequestPaces();
  let bedrock: ClientPool | undefined;
  let demo: ClientPool | undefined;
  return async (connection) => {
    const { ClientPool } = await import("./bedrock/client-pool.ts");
    if (connection.kind === "bedrock") {
      bedrock ??= new ClientPool(undefined, learned);
      const settings = bedrockSettings(connection.modelId);
      const place = settings.endpoint ?? settings.region ?? "";
      return { model: bedrock.model(settings), pace: paces.of(`${place} ${settings.modelId}`) };
    }
    const { createDemoHandler, demoModelId } = await import("./emulator/demo-handler.ts");
    demo ??= new ClientPool(createDemoHandler());
    const { maxTokens, limits } = readSettings();
    const settings = demoSettings(demoModelId, { maxTokens, ...limits, idleMs: limits.thinkingMs });
    return { model: demo.model(settings), pace: new RequestPace() };
  };
}

/** Throws a `ModelError` of kind `configuration`. */
function bedrockSettings(modelId: string): BedrockSettings {
  const { region, profile, endpoint, authentication, maxTokens, limits } = readSettings();
  const requestHeaders = readRequestHeaders(readSettings().requestHeaders, authentication);
  const silences = { ...limits, idleMs: limits.thinkingMs };
  return { modelId, region, profile, endpoint, authentication, requestHeaders, maxTokens, ...silences };
}

async function listModels(signal: AbortSignal) {
  const bedrock = await import("./bedrock/list-models.ts");
  return bedrock.listModels(bedrockSettings(readSettings().model ?? defaultModelId), signal);
}
