import * as vscode from "vscode";
import { resumeAfterSignIn } from "./chat/resume-after-sign-in.ts";
import type { WindowCheckpoints } from "./compose-checkpoints.ts";
import type { Forms } from "./compose-forms.ts";
import type { WindowIdentity } from "./compose-identity.ts";
import type { Models } from "./compose-models.ts";
import type { Policies } from "./compose-policy.ts";
import type { Routing } from "./compose-routing.ts";
import type { composeSessions } from "./compose-sessions.ts";
import type { Support } from "./compose-support.ts";
import type { Usage } from "./compose-usage.ts";
import type { SessionPrograms } from "./tools/running/session-programs.ts";
import { whyNoAllowAll } from "./vscode/allow-all-setting.ts";
import type { AuditViews } from "./vscode/audit-views.ts";
import type { ChatController } from "./vscode/chat-controller.ts";
import type { ChatView } from "./vscode/chat-view.ts";
import { chatViewId } from "./vscode/chat-view-id.ts";
import type { KeptData } from "./vscode/clear-data.ts";
import type { Chat } from "./vscode/commands.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import type { ContextDesk } from "./vscode/context/context-desk.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import type { Log } from "./vscode/log.ts";
import type { NativeDialogs } from "./vscode/native-dialogs.ts";
import { plainNotice } from "./vscode/plain-notice.ts";
import { runPanelCommand } from "./vscode/run-panel-command.ts";
import { tellFailure } from "./vscode/tell-failure.ts";

/** The parts that commands reach. */
export interface ActionParts {
  readonly context: vscode.ExtensionContext;
  readonly connection: ConnectionChoice;
  readonly controller: ChatController;
  readonly contextDesk: ContextDesk;
  readonly dialogs: NativeDialogs;
  readonly headerSecrets: HeaderSecrets;
  readonly kept: KeptData;
  readonly log: Log;
  readonly models: Models;
  readonly policies: Policies;
  readonly routing: Routing;
  readonly usage: Usage;
  readonly view: ChatView;
  readonly audit: LoadOnce<AuditViews>;
  readonly checkpoints: LoadOnce<WindowCheckpoints>;
  readonly forms: LoadOnce<Forms>;
  readonly identity: LoadOnce<WindowIdentity>;
  readonly sessions: LoadOnce<ReturnType<typeof composeSessions>>;
  readonly support: LoadOnce<Support>;
  /** What tools have started and runs on; undefined where no tool has run. */
  readonly programs: () => Promise<SessionPrograms | undefined>;
}

/** What each command does; what a command needs alone is loaded by it. */
export function composeActions(parts: ActionParts): Chat["actions"] {
  const { context, connection, controller, dialogs, headerSecrets, kept, log, models, policies, routing, usage } =
    parts;
  const { audit, checkpoints, forms, identity, sessions, support, programs, view } = parts;
  const tell = (text: string) => void vscode.window.showInformationMessage(plainNotice(text));
  const accessible = new LoadOnce(async () => {
    const { AccessibleDocuments } = await import("./vscode/accessible-documents.ts");
    const documents = new AccessibleDocuments();
    context.subscriptions.push(documents);
    return documents;
  });
  return {
    selectModel: async () =>
      (await import("./compose-model-source.ts")).pickModel(connection, await models.source(), context.globalState),
    switchConfiguration: async () =>
      (await import("./vscode/models/switch-configuration.ts")).switchConfiguration(() => connection.choose("bedrock")),
    selectGuardrail: async () => {
      const { selectGuardrail } = await import("./vscode/select-guardrail.ts");
      await selectGuardrail(models.listGuardrails);
    },
    switchMode: async () => {
      const { offer } = await controller.session();
      offer.choose({ mode: offer.mode === "ask" ? "agent" : "ask" });
    },
    allowAll: async () => {
      const { askAllowAll } = await import("./vscode/ask-allow-all.ts");
      const { sessions } = controller;
      await askAllowAll({ sessions, dialogs, whyNot: whyNoAllowAll, tell, focus: () => view.focus() });
    },
    defaultPermissions: async () => (await controller.policy()).allowAll.turnOff(),
    configureTools: async () => {
      const { configureTools } = await import("./vscode/configure-tools.ts");
      await configureTools((await controller.session()).offer);
    },
    showLog: () => log.show(),
    manageRules: async () => {
      const { manageRules } = await import("./vscode/manage-rules.ts");
      await manageRules((await controller.policy()).rules, policies.paths.folders(), dialogs);
    },
    resetRules: async () => {
      const { resetRules } = await import("./vscode/manage-rules.ts");
      await resetRules((await controller.policy()).rules, dialogs);
    },
    showAuditLog: async () => (await audit.get()).show(),
    exportAuditLog: async () => (await audit.get()).export(),
    ...usage.actions,
    keepChange: async () => (await checkpoints.get()).keepChange(),
    undoChange: async () => (await checkpoints.get()).undoChange(),
    nextChange: async () => (await checkpoints.get()).goToChange(1),
    previousChange: async () => (await checkpoints.get()).goToChange(-1),
    showChanges: async () => (await controller.desk()).act("open"),
    keepAllChanges: async () => (await controller.desk()).act("keep"),
    undoAllChanges: async () => tellFailure(async () => (await controller.desk()).act("undo")),
    stopPrograms: async () => (await import("./vscode/stop-programs.ts")).stopPrograms(await programs()),
    showTerminal: async () => (await import("./vscode/terminal/show-terminal.ts")).showTerminal(),
    clearData: async () => (await import("./vscode/clear-data.ts")).clearData(controller, kept, dialogs),
    addHttpTools: async () => (await import("./compose-http-tools.ts")).addToolsFromFile(headerSecrets),
    setHeaderSecret: async () => (await import("./compose-gateway.ts")).askHeaderSecret(headerSecrets),
    setUpGateway: async () => (await import("./compose-gateway.ts")).askGateway(headerSecrets, connection),
    selectIdentity: async () => (await identity.get()).actions.select(),
    setApiKey: async () => (await identity.get()).actions.setApiKey(),
    setAccessKeys: async () => (await identity.get()).actions.setAccessKeys(),
    forgetStoredKeys: async () => (await identity.get()).actions.forget(),
    signIn: async () => {
      if (await (await identity.get()).actions.signIn()) await resumeAfterSignIn(await controller.session());
    },
    diagnoseConnection: async () => (await support.get()).diagnose(),
    copyIamPolicy: async () => (await support.get()).copyIamPolicy(),
    inspectRequests: async () => (await support.get()).inspectRequests(),
    copyRequestAsCommand: async () => (await support.get()).copyRequestAsCommand(),
    saveRequestAsScript: async () => (await support.get()).saveRequestAsScript(),
    ...routing.actions,
    generateCommitMessage: async (given) => (await forms.get()).commitMessages.generate(given),
    stopCommitMessage: async () => (await forms.get()).commitMessages.stop(),
    showChats: async () => (await sessions.get()).chats.showChats(),
    renameChat: async (given) => (await sessions.get()).chats.renameChat(given),
    forkChat: async (turnId) => (await sessions.get()).chats.forkChat(turnId),
    archiveChat: async (given) => (await sessions.get()).chats.archiveChat(given),
    deleteChat: async (given) => (await sessions.get()).chats.deleteChat(given),
    exportChat: async () => (await sessions.get()).files.exportChat(),
    importChat: async (given) => (await sessions.get()).files.importChat(given),
    copyChat: async () => (await sessions.get()).files.copyChat(),
    addContext: async () => parts.contextDesk.pick(),
    accessibilityHelp: async () => (await accessible.get()).showHelp(),
    accessibleView: async () => (await accessible.get()).showResponse((await controller.session()).chat),
    toggleTodos: async () => {
      await vscode.commands.executeCommand(`${chatViewId}.focus`);
      view.postWhenReady({ type: "toggle-todos" });
    },
    openSettings: () => runPanelCommand("openSettings"),
    extractToJson: async (given) => (await forms.get()).extractToJson(given),
  };
}
