import type * as vscode from "vscode";
import { resumeAfterSignIn } from "./chat/resume-after-sign-in.ts";
import type { WindowCheckpoints } from "./compose-checkpoints.ts";
import type { Forms } from "./compose-forms.ts";
import type { WindowIdentity } from "./compose-identity.ts";
import type { Models } from "./compose-models.ts";
import type { Policies } from "./compose-policy.ts";
import type { Routing } from "./compose-routing.ts";
import type { Support } from "./compose-support.ts";
import type { Usage } from "./compose-usage.ts";
import type { SessionPrograms } from "./tools/running/session-programs.ts";
import type { AuditViews } from "./vscode/audit-views.ts";
import type { ChatController } from "./vscode/chat-controller.ts";
import type { KeptData } from "./vscode/clear-data.ts";
import type { Chat } from "./vscode/commands.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import type { LoadOnce } from "./vscode/load-once.ts";
import type { Log } from "./vscode/log.ts";
import type { NativeDialogs } from "./vscode/native-dialogs.ts";
import { tellFailure } from "./vscode/tell-failure.ts";

/** The parts that commands reach. */
export interface ActionParts {
  readonly context: vscode.ExtensionContext;
  readonly connection: ConnectionChoice;
  readonly controller: ChatController;
  readonly dialogs: NativeDialogs;
  readonly headerSecrets: HeaderSecrets;
  readonly kept: KeptData;
  readonly log: Log;
  readonly models: Models;
  readonly policies: Policies;
  readonly routing: Routing;
  readonly usage: Usage;
  readonly audit: LoadOnce<AuditViews>;
  readonly checkpoints: LoadOnce<WindowCheckpoints>;
  readonly forms: LoadOnce<Forms>;
  readonly identity: LoadOnce<WindowIdentity>;
  readonly support: LoadOnce<Support>;
  /** What tools have started and runs on; undefined where no tool has run. */
  readonly programs: () => Promise<SessionPrograms | undefined>;
}

/** What each command does; what a command needs alone is loaded by it. */
export function composeActions(parts: ActionParts): Chat["actions"] {
  const { context, connection, controller, dialogs, headerSecrets, kept, log, models, policies, routing, usage } =
    parts;
  const { audit, checkpoints, forms, identity, support, programs } = parts;
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
    configureTools: async () => {
      const { configureTools } = await import("./vscode/configure-tools.ts");
      await configureTools((await controller.session()).offer);
    },
    showLog: () => log.show(),
    manageRules: async () => {
      const { manageRules } = await import("./vscode/manage-rules.ts");
      await manageRules((await controller.policy()).rules, policies.paths.folders(), dialogs);
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
    extractToJson: async (given) => (await forms.get()).extractToJson(given),
  };
}
