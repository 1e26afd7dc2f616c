import * as vscode from "vscode";
import { systemTiming } from "./agent/system-timing.ts";
import { hasSignsOfAws } from "./bedrock/aws-signs.ts";
import { defaultModelId } from "./bedrock/bedrock-settings.ts";
import { redact } from "./bedrock/redact.ts";
import { secretsOf } from "./bedrock/settings-secrets.ts";
import { ChatSession } from "./chat/chat-session.ts";
import { maskedStore } from "./chat/masked-store.ts";
import { resumeAfterSignIn } from "./chat/resume-after-sign-in.ts";
import { StepMeter } from "./chat/step-meter.ts";
import { systemPrompt } from "./chat/system-prompt.ts";
import { composeModels } from "./compose-models.ts";
import { composePolicies } from "./compose-policy.ts";
import { ShownRegion } from "./compose-region.ts";
import { composeRouting } from "./compose-routing.ts";
import { composeUsage } from "./compose-usage.ts";
import { dollarsOf } from "./policy/budgets/dollars-of.ts";
import { makeVisible } from "./policy/display/make-visible.ts";
import { costOfTurns } from "./protocol/cost.ts";
import type { AuditViews } from "./vscode/audit-views.ts";
import { ChatController } from "./vscode/chat-controller.ts";
import { ChatView } from "./vscode/chat-view.ts";
import type { Chat } from "./vscode/commands.ts";
import { ConnectionChoice } from "./vscode/connection-choice.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { HeaderSecrets } from "./vscode/header-secrets.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import { Log } from "./vscode/log.ts";
import { NativeDialogs } from "./vscode/native-dialogs.ts";
import { RepositoryNotice } from "./vscode/repository-notice.ts";
import { runPanelCommand } from "./vscode/run-panel-command.ts";
import { type OpenedSession, SessionShelf } from "./vscode/session-shelf.ts";
import { readSettings } from "./vscode/settings.ts";
import type { GuardedSession } from "./vscode/shown-session.ts";
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
  const windowTools = new LoadOnce(async () => (await import("./compose-tools.ts")).composeTools({ workspace }));
  const memory = {
    get: (key: string) => context.globalState.get(key),
    set: (key: string, value: unknown) => void context.globalState.update(key, value).then(undefined, log.report),
  };
  const dialogs = new NativeDialogs();
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
  /** The last one that was begun: that of the panel. */
  let shown: ChatSession | undefined;

  const createSession = ({ start, journal }: OpenedSession): GuardedSession => {
    const meter = new StepMeter();
    const policy = policies.create(start.chat.sessionId, {
      spentInSession: costOfTurns(start.chat.past)?.dollars ?? 0,
      priceOf: usage.priceOf,
      usage: usage.ledger,
      onBill: meter.spent,
      onNearCap: (near) => usage.tellNear(near, session, policy),
    });
    const tools = new LoadOnce(async () => (await windowTools.get()).forSession(policy.files));
    const session: ChatSession = new ChatSession({
      start,
      store: maskedStore(journal, policy.mask),
      settings: () => {
        const { maxSteps, maxRetries, compaction } = readSettings();
        const limits = { retries: maxRetries, longestWaitMs: 60_000 };
        return { connection: connection.current(), maxSteps, limits, compaction };
      },
      connect: async (chosen) => {
        const [{ model, count, billing, ...known }] = await Promise.all([
          models.connect(chosen, start.chat.sessionId),
          usage.loadPrices(),
        ]);
        policies.know(headerSecrets.known);
        if (chosen.kind === "demo") return { ...known, model: policy.guardModel(model) };
        const { maxTokens, endpoint, ...place } = readSettings();
        const { region = place.region, profile = place.profile } = chosen;
        const priced = { ...billing, maxTokens, region, endpoint, profile };
        return { ...known, model: policy.guardModel(meter.watch(model, billing.modelId, count), priced) };
      },
      complete: meter.complete,
      tools: async () => (vscode.workspace.isTrusted && workspace.folders().length > 0 ? tools.get() : []),
      createGate: (ask, notify) =>
        models.guardResults(policy.createGate(ask, notify), notify, () => session.connection.current),
      systemPrompt: (hasTools) => systemPrompt({ folders: workspace.folders(), platform: process.platform, hasTools }),
      timing: systemTiming,
      report: log.report,
      onOddities: log.oddities,
      onFailure: log.failure,
      onServed: routing.onServed,
    });
    shown = session;
    session.subscribe(log.event);
    routing.follow(session);
    return { session, policy };
  };

  const controller = new ChatController({
    view,
    dialogs,
    shelf: new SessionShelf(context),
    createSession,
    repository: new RepositoryNotice(context.workspaceState, policies.paths.folders),
    connection: () => region.of(shown?.connection.current ?? connection.current()),
    discover: () => connection.discover(),
    report: log.report,
  });
  const support = new LoadOnce(async () => {
    const { attempts } = models;
    const settings = async () => models.settings(await place());
    const { mask } = policies;
    await usage.loadPrices();
    const costOf = dollarsOf(usage.priceOf);
    const own = { attempts, settings, mask, makeVisible, costOf, runCommand: runPanelCommand, dialogs };
    return (await import("./compose-support.ts")).composeSupport({ ...own, subscriptions: context.subscriptions });
  });
  const kept = {
    storage: context.globalStorageUri.fsPath,
    memory: context.globalState,
    forgetRequests: models.forgetAttempts,
    forgetSecrets: async () => {
      await headerSecrets.removeAll();
      await (await identity.get()).forget();
    },
  };
  const signer = new SignerChange();
  const audit = new LoadOnce<AuditViews>(async () => {
    const { AuditViews: Views } = await import("./vscode/audit-views.ts");
    const views = new Views(policies.auditFolder);
    context.subscriptions.push(views);
    return views;
  });
  context.subscriptions.push(
    log,
    connection,
    connection.onDidChange(() => {
      if (signer.hasChanged()) shown?.connection.comeBack();
      shown?.connection.changed();
      controller.contextChanged();
    }),
  );
  return {
    view,
    controller,
    connection,
    actions: {
      selectModel: async () =>
        (await import("./compose-model-source.ts")).pickModel(connection, await models.source(), context.globalState),
      switchConfiguration: async () =>
        (await import("./vscode/models/switch-configuration.ts")).switchConfiguration(() =>
          connection.choose("bedrock"),
        ),
      selectGuardrail: async () => {
        const { selectGuardrail } = await import("./vscode/select-guardrail.ts");
        await selectGuardrail(models.listGuardrails);
      },
      showLog: () => log.show(),
      manageRules: async () => {
        const { manageRules } = await import("./vscode/manage-rules.ts");
        await manageRules((await controller.policy()).rules, policies.paths.folders(), dialogs);
      },
      showAuditLog: async () => (await audit.get()).show(),
      exportAuditLog: async () => (await audit.get()).export(),
      ...usage.actions,
      clearData: async () => (await import("./vscode/clear-data.ts")).clearData(controller, kept, dialogs),
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
    },
  };
}
