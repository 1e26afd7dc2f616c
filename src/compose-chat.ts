import * as vscode from "vscode";
import { systemTiming } from "./agent/system-timing.ts";
import { hasSignsOfAws } from "./bedrock/aws-signs.ts";
import { defaultModelId } from "./bedrock/bedrock-settings.ts";
import { redact } from "./bedrock/redact.ts";
import { secretsOf } from "./bedrock/settings-secrets.ts";
import { ChatSession } from "./chat/chat-session.ts";
import { maskedStore } from "./chat/masked-store.ts";
import { systemPrompt } from "./chat/system-prompt.ts";
import { composeModels } from "./compose-models.ts";
import { composePolicies } from "./compose-policy.ts";
import { DiskFiles } from "./headless/disk-files.ts";
import { ShellPrograms } from "./headless/shell-programs.ts";
import { createTools } from "./tools/create-tools.ts";
import { AuditViews } from "./vscode/audit-views.ts";
import { ChatController } from "./vscode/chat-controller.ts";
import { ChatView } from "./vscode/chat-view.ts";
import { clearData } from "./vscode/clear-data.ts";
import type { Chat } from "./vscode/commands.ts";
import { ConnectionChoice } from "./vscode/connection-choice.ts";
import { EditorFiles } from "./vscode/editor-files.ts";
import { EditorTasks } from "./vscode/editor-tasks.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { Log } from "./vscode/log.ts";
import { manageRules } from "./vscode/manage-rules.ts";
import { NativeDialogs } from "./vscode/native-dialogs.ts";
import { selectModel } from "./vscode/select-model.ts";
import { type OpenedSession, SessionShelf } from "./vscode/session-shelf.ts";
import { readSettings } from "./vscode/settings.ts";
import type { GuardedSession } from "./vscode/shown-session.ts";

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
  const policies = composePolicies({
    context,
    folders: () => workspace.folders().map(({ path }) => path),
    secrets: () => secretsOf(readSettings(), process.env).map((value) => ({ value, kind: "credential" })),
    report: log.report,
  });
  const ports = {
    workspace,
    ripgrep: findRipgrep,
    tasks: new EditorTasks(),
    files: new EditorFiles(new DiskFiles()),
    programs: new ShellPrograms(),
  };
  const models = composeModels({
    get: (key) => context.globalState.get(key),
    set: (key, value) => void context.globalState.update(key, value).then(undefined, log.report),
  });

  const createSession = ({ start, journal }: OpenedSession): GuardedSession => {
    const policy = policies.create(start.chat.sessionId);
    const tools = createTools({ ...ports, guard: policy.files });
    const session = new ChatSession({
      start,
      store: maskedStore(journal, policy.mask),
      settings: () => {
        const { maxSteps, maxRetries, compaction } = readSettings();
        const limits = { retries: maxRetries, longestWaitMs: 60_000 };
        return { connection: connection.current(), maxSteps, limits, compaction };
      },
      connect: async (chosen) => {
        const { model, pace } = await models.connect(chosen);
        const priced = { modelId: chosen.kind === "demo" ? "" : chosen.modelId, maxTokens: readSettings().maxTokens };
        return { model: policy.guardModel(model, chosen.kind === "demo" ? undefined : priced), pace };
      },
      tools: () => (vscode.workspace.isTrusted && workspace.folders().length > 0 ? tools : []),
      createGate: (ask, notify) => policy.createGate(ask, notify),
      systemPrompt: (hasTools) => systemPrompt({ folders: workspace.folders(), platform: process.platform, hasTools }),
      timing: systemTiming,
      report: log.report,
      onOddities: log.oddities,
      onFailure: log.failure,
    });
    session.subscribe(log.event);
    return { session, policy };
  };

  const dialogs = new NativeDialogs();
  const controller = new ChatController({
    view,
    dialogs,
    shelf: new SessionShelf(context),
    createSession,
    connection: () => connection.current(),
    discover: () => connection.discover(),
    report: log.report,
  });
  const kept = { storage: context.globalStorageUri, memory: context.globalState };
  const audit = new AuditViews(policies.auditFolder);
  context.subscriptions.push(
    log,
    audit,
    connection,
    connection.onDidChange(() => {
      controller.contextChanged();
      void controller.session().then((session) => session.connection.changed(), log.report);
    }),
  );
  return {
    view,
    controller,
    connection,
    actions: {
      selectModel: () => selectModel(connection, models.list),
      showLog: () => log.show(),
      escalate: async () => (await controller.session()).escalate(),
      manageRules: async () => manageRules((await controller.policy()).rules, policies.paths.folders(), dialogs),
      showAuditLog: () => audit.show(),
      exportAuditLog: () => audit.export(),
      clearData: () => clearData(controller, kept, dialogs),
    },
  };
}
