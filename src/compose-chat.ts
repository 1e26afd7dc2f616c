import type * as vscode from "vscode";
import { hasSignsOfAws } from "./bedrock/aws-signs.ts";
import { defaultModelId } from "./bedrock/bedrock-settings.ts";
import { redact } from "./bedrock/redact.ts";
import { secretsOf } from "./bedrock/settings-secrets.ts";
import { composeActions } from "./compose-actions.ts";
import { composeConnect } from "./compose-connect.ts";
import { composeModels } from "./compose-models.ts";
import { composeAuditViews, composePolicies } from "./compose-policy.ts";
import { composePromptContext } from "./compose-prompt-context.ts";
import { ShownRegion } from "./compose-region.ts";
import { composeRouting } from "./compose-routing.ts";
import { composeSession } from "./compose-session.ts";
import { composeUsage } from "./compose-usage.ts";
import { dollarsOf } from "./policy/budgets/dollars-of.ts";
import { makeVisible } from "./policy/display/make-visible.ts";
import { onAllowAllSetting } from "./vscode/allow-all-setting.ts";
import { ChatController } from "./vscode/chat-controller.ts";
import { ChatView } from "./vscode/chat-view.ts";
import type { Chat } from "./vscode/commands.ts";
import { ConnectionChoice } from "./vscode/connection-choice.ts";
import { onDisplaySettings } from "./vscode/display-settings.ts";
import { registerDiagnosticActions } from "./vscode/editor-actions/diagnostic-actions.ts";
import { StatusItem } from "./vscode/editor-actions/status-item.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { HeaderSecrets } from "./vscode/header-secrets.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import { Log } from "./vscode/log.ts";
import { NativeDialogs } from "./vscode/native-dialogs.ts";
import { onModeSetting } from "./vscode/offer-settings.ts";
import { onQueueSetting } from "./vscode/queue-settings.ts";
import { RepositoryNotice } from "./vscode/repository-notice.ts";
import { Proposals } from "./vscode/review/proposals.ts";
import { runPanelCommand } from "./vscode/run-panel-command.ts";
import { SessionShelf } from "./vscode/session-shelf.ts";
import { DraftMemory } from "./vscode/sessions/kept-draft.ts";
import { PlaceMemory } from "./vscode/sessions/kept-place.ts";
import { removeOldDrafts } from "./vscode/sessions/remove-old-drafts.ts";
import { readSettings } from "./vscode/settings.ts";
import { SignerChange } from "./vscode/signer-change.ts";

/** Puts the parts together. Loaded when the view, or a command, is first used: activation itself loads none of this. */
export function composeChat(context: vscode.ExtensionContext): Chat {
  const headerSecrets = new HeaderSecrets({ storage: context.secrets, memory: context.globalState });
  const live = new Set<string>();
  const secrets = (): readonly string[] =>
    secretsOf(
      { ...readSettings(), headerSecrets: headerSecrets.known, identity: { secrets: () => [...live] } },
      process.env,
    );
  const log = new Log((text) => redact(text, secrets()));
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
    secrets: () => secrets().map((value) => ({ value, kind: "credential" })),
    report: log.report,
  });
  const storage = context.globalStorageUri.fsPath;
  const windowTools = new LoadOnce(async () => {
    const own = { workspace, storage, context, secrets: headerSecrets, know: policies.know, report: log.report };
    return (await import("./compose-tools.ts")).composeTools(own);
  });
  const memory = {
    get: (key: string) => context.globalState.get(key),
    set: (key: string, value: unknown) => void context.globalState.update(key, value).then(undefined, log.report),
  };
  const dialogs = new NativeDialogs(view);
  const proposals = new Proposals();
  const checkpoints = new LoadOnce(async () => {
    const { composeCheckpoints } = await import("./compose-checkpoints.ts");
    const { subscriptions } = context;
    const desk = () => controller.desk();
    return composeCheckpoints({ workspace, storage, dialogs, desk, proposals, subscriptions, report: log.report });
  });
  const place = async () => (await controller.session()).connection.current;
  const identity = new LoadOnce(async () => {
    const onSecret = (secret: string): void => {
      live.add(secret);
      policies.know([secret]);
    };
    const { composeIdentity } = await import("./compose-identity.ts");
    const onChange = () => controller.contextChanged();
    const parts = { context, connection, place, dialogs, headerSecrets, onSecret, onChange, report: log.report };
    return composeIdentity(parts);
  });
  const usage = composeUsage(context, log.report);
  const way = { headerSecrets, identity: async () => (await identity.get()).use() };
  const models = composeModels(memory, way, usage.priceOf);
  const connect = composeConnect({ models, usage, policies, headerSecrets });
  const routing = composeRouting({
    memory: context.globalState,
    priceOf: usage.priceOf,
    session: () => controller.session(),
    pickModel: async (title) =>
      (await import("./compose-model-source.ts")).pickModelId(title, await models.source(), context.globalState),
    onMoved: () => controller.contextChanged(),
    report: log.report,
  });
  const region = new ShownRegion(() => controller.contextChanged(), log.report);
  const { contexts, contextDesk, instructions } = composePromptContext({
    ...{ context, workspace, dialogs, policies, view, connection, report: log.report },
    controller: () => controller,
  });
  const showPermissions = (): void => {
    controller.contextChanged();
    status.update();
  };
  const createSession = composeSession({
    ...{
      checkpoints,
      connect,
      connection,
      contexts,
      instructions,
      log,
      models,
      policies,
      proposals,
      routing,
      usage,
      view,
    },
    ...{ windowTools, workspace, showPermissions },
    controller: () => controller,
    status: () => status,
  });

  void removeOldDrafts(context.workspaceState).catch(log.report);
  const shelf = new SessionShelf(context);
  const controller = new ChatController({
    view,
    dialogs,
    shelf,
    createSession,
    contexts,
    contextDesk,
    drafts: new DraftMemory(context.workspaceState, (text) => policies.mask()(text)),
    places: new PlaceMemory(context.workspaceState),
    repository: new RepositoryNotice(context.workspaceState, policies.paths.folders),
    connection: (session) => region.of(session?.connection.current ?? connection.current()),
    missing: (answers) => {
      if (connection.lacksIdentity) return "identity";
      if (region.isMissing(answers)) return "region";
      return connection.refusedModel.isAsked(answers, models.hasAnswered) ? "model" : undefined;
    },
    discover: () => connection.discover(),
    onShown: () => status.update(),
    report: log.report,
  });
  const status = new StatusItem(
    () => connection.current(),
    () => controller.sessions.shown,
  );
  const sessions = new LoadOnce(async () =>
    (await import("./compose-sessions.ts")).composeSessions({
      ...{ folder: shelf.folder, controller, view, dialogs, report: log.report },
    }),
  );
  const support = new LoadOnce(async () => {
    const { attempts } = models;
    const settings = async () => models.settings(await place());
    const { mask } = policies;
    await usage.loadPrices();
    const costOf = dollarsOf(usage.priceOf);
    const own = { attempts, settings, mask, makeVisible, costOf, runCommand: runPanelCommand, dialogs };
    return (await import("./compose-support.ts")).composeSupport({ ...own, subscriptions: context.subscriptions });
  });
  const forms = new LoadOnce(async () =>
    (await import("./compose-editor-actions.ts")).composeForms({ connect, policies, usage, place, report: log.report }),
  );
  const editor = new LoadOnce(async () => {
    const { composeEditorActions } = await import("./compose-editor-actions.ts");
    const { subscriptions } = context;
    const { paths } = policies;
    return composeEditorActions({ controller, forms: () => forms.get(), paths, dialogs, subscriptions });
  });
  const kept = {
    storage,
    memories: [context.globalState, context.workspaceState],
    forgetRequests: models.forgetAttempts,
    forgetSecrets: async () => {
      await headerSecrets.removeAll();
      await (await identity.get()).forget();
    },
  };
  const signer = new SignerChange();
  const audit = composeAuditViews(context, policies.auditFolder);
  context.subscriptions.push(
    log,
    connection,
    status,
    registerDiagnosticActions(),
    onModeSetting(() => controller.contextChanged()),
    onAllowAllSetting(showPermissions),
    onQueueSetting(() => controller.contextChanged()),
    onDisplaySettings(() => controller.contextChanged()),
    connection.onDidChange(() => {
      const hasChanged = signer.hasChanged();
      for (const { session } of controller.sessions.all) {
        if (hasChanged) session.connection.comeBack();
        session.connection.changed();
      }
      controller.contextChanged();
      status.update();
    }),
  );
  return {
    view,
    controller,
    connection,
    editor: async (name, given) => {
      const { runEditorAction } = await import("./compose-editor-actions.ts");
      await runEditorAction(await editor.get(), name, given);
    },
    actions: composeActions({
      ...{ context, connection, controller, dialogs, headerSecrets, kept, log, models, policies, routing, usage },
      ...{ audit, checkpoints, contextDesk, forms, identity, sessions, support, view },
      programs: async () => controller.sessions.shown?.programs(),
    }),
  };
}
