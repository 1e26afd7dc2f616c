import * as vscode from "vscode";
import { systemTiming } from "./agent/system-timing.ts";
import { hasSignsOfAws } from "./bedrock/aws-signs.ts";
import { defaultModelId } from "./bedrock/bedrock-settings.ts";
import { redact } from "./bedrock/redact.ts";
import { secretsOf } from "./bedrock/settings-secrets.ts";
import { ChatSession } from "./chat/chat-session.ts";
import { maskedStore } from "./chat/masked-store.ts";
import { StepMeter } from "./chat/step-meter.ts";
import { systemPrompt } from "./chat/system-prompt.ts";
import { composeActions } from "./compose-actions.ts";
import { composeConnect } from "./compose-connect.ts";
import { composeModels } from "./compose-models.ts";
import { composeAuditViews, composePolicies } from "./compose-policy.ts";
import { ShownRegion } from "./compose-region.ts";
import { composeRouting } from "./compose-routing.ts";
import { composeTitles } from "./compose-titles.ts";
import { composeUsage } from "./compose-usage.ts";
import { dollarsOf } from "./policy/budgets/dollars-of.ts";
import { makeVisible } from "./policy/display/make-visible.ts";
import type { Connection } from "./protocol/connection.ts";
import { costOfChat } from "./protocol/cost.ts";
import type { Review } from "./protocol/review.ts";
import type { SessionPrograms } from "./tools/running/session-programs.ts";
import { ChatController } from "./vscode/chat-controller.ts";
import { ChatView } from "./vscode/chat-view.ts";
import type { Chat } from "./vscode/commands.ts";
import { ConnectionChoice } from "./vscode/connection-choice.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { HeaderSecrets } from "./vscode/header-secrets.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import { Log } from "./vscode/log.ts";
import { NativeDialogs } from "./vscode/native-dialogs.ts";
import { onModeSetting, readOfferSettings } from "./vscode/offer-settings.ts";
import { RepositoryNotice } from "./vscode/repository-notice.ts";
import { Proposals } from "./vscode/review/proposals.ts";
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
  const storage = context.globalStorageUri.fsPath;
  const windowTools = new LoadOnce(async () => {
    const own = { workspace, storage, context, secrets: headerSecrets, know: policies.know, report: log.report };
    return (await import("./compose-tools.ts")).composeTools(own);
  });
  const memory = {
    get: (key: string) => context.globalState.get(key),
    set: (key: string, value: unknown) => void context.globalState.update(key, value).then(undefined, log.report),
  };
  const dialogs = new NativeDialogs();
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
  /** The last one that was begun: that of the panel. */
  let shown: ChatSession | undefined;
  let programs = async (): Promise<SessionPrograms | undefined> => undefined;

  const shows = {
    onReview: (review: Review) => view.post({ type: "review", review }),
    prefill: (text: string) => view.post({ type: "prefill", text }),
  };
  const createSession = ({ start, journal }: OpenedSession): GuardedSession => {
    const meter = new StepMeter();
    const policy = policies.create(start.chat.sessionId, {
      spentInSession: costOfChat(start.chat)?.dollars ?? 0,
      priceOf: usage.priceOf,
      usage: usage.ledger,
      onBill: meter.spent,
      onNearCap: (near) => usage.tellNear(near, session, policy),
    });
    const changes = new LoadOnce(async () => (await checkpoints.get()).forSession({ ...shows, session, policy }));
    const tools = new LoadOnce(async () => {
      const [{ forSession }, { record }] = await Promise.all([windowTools.get(), changes.get()]);
      return forSession({ id: start.chat.sessionId, guard: policy.files, talk: session.talk, record });
    });
    programs = async () => (await tools.current)?.running;
    const ask = (chosen: Connection) => connect({ session: start.chat.sessionId, policy, meter }, chosen);
    const session: ChatSession = new ChatSession({
      start,
      store: maskedStore(journal, policy.mask),
      settings: () => {
        const { maxSteps, maxRetries, compaction } = readSettings();
        const limits = { retries: maxRetries, longestWaitMs: 60_000 };
        return { connection: connection.current(), maxSteps, limits, compaction };
      },
      connect: ask,
      complete: meter.complete,
      tools: async () =>
        vscode.workspace.isTrusted && workspace.folders().length > 0 ? (await tools.get()).tools() : [],
      createGate: (ask, notify) =>
        models.guardResults(proposals.watch(policy.createGate(ask, notify)), notify, () => session.connection.current),
      systemPrompt: (hasTools, mode) =>
        systemPrompt({ folders: workspace.folders(), platform: process.platform, hasTools, mode }),
      defaults: readOfferSettings,
      timing: systemTiming,
      report: log.report,
      onOddities: log.oddities,
      onFailure: log.failure,
      onServed: routing.onServed,
    });
    shown = session;
    session.subscribe(log.event);
    routing.follow(session);
    const titles = composeTitles(session, { view, priceOf: usage.priceOf, connect: ask });
    const end = async (): Promise<void> => {
      titles.end();
      await (await tools.current)?.running.endAll();
    };
    return {
      ...{ session, policy, end },
      showProposal: async (id) => (await checkpoints.get()).showProposal(id),
      desk: async () => (await changes.get()).desk,
      showReview: async () => {
        if (!session.isEmpty || checkpoints.current !== undefined) await (await changes.get()).desk.show();
      },
    };
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
  const forms = new LoadOnce(async () =>
    (await import("./compose-forms.ts")).composeForms({ connect, policies, usage, place, report: log.report }),
  );
  const kept = {
    storage,
    memory: context.globalState,
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
    onModeSetting(() => controller.contextChanged()),
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
    actions: composeActions({
      ...{ context, connection, controller, dialogs, headerSecrets, kept, log, models, policies, routing, usage },
      ...{ audit, checkpoints, forms, identity, support },
      programs: () => programs(),
    }),
  };
}
