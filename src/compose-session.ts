import * as vscode from "vscode";
import { systemTiming } from "./agent/system-timing.ts";
import { ChatSession } from "./chat/chat-session.ts";
import { maskedStore } from "./chat/masked-store.ts";
import type { Prompt } from "./chat/prompt.ts";
import { StepMeter } from "./chat/step-meter.ts";
import { systemPrompt } from "./chat/system-prompt.ts";
import type { WindowCheckpoints } from "./compose-checkpoints.ts";
import type { composeConnect } from "./compose-connect.ts";
import type { Models } from "./compose-models.ts";
import type { Policies } from "./compose-policy.ts";
import type { Routing } from "./compose-routing.ts";
import { composeTitles } from "./compose-titles.ts";
import type { composeTools } from "./compose-tools.ts";
import type { Usage } from "./compose-usage.ts";
import type { Connection } from "./protocol/connection.ts";
import { costOfChat } from "./protocol/cost.ts";
import type { Review } from "./protocol/review.ts";
import type { RepositoryInstructions } from "./tools/context/repository-instructions.ts";
import type { SessionPrograms } from "./tools/running/session-programs.ts";
import type { ChatController } from "./vscode/chat-controller.ts";
import type { ChatView } from "./vscode/chat-view.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import type { ChatContexts } from "./vscode/context/chat-contexts.ts";
import type { StatusItem } from "./vscode/editor-actions/status-item.ts";
import type { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import type { Log } from "./vscode/log.ts";
import { readOfferSettings } from "./vscode/offer-settings.ts";
import type { Proposals } from "./vscode/review/proposals.ts";
import type { OpenedSession } from "./vscode/session-shelf.ts";
import type { GuardedSession } from "./vscode/sessions/shown-session.ts";
import { readSettings } from "./vscode/settings.ts";

/** The parts of the window that each of its sessions uses. */
export interface SessionParts {
  readonly controller: () => ChatController;
  readonly status: () => StatusItem;
  readonly view: ChatView;
  readonly connection: ConnectionChoice;
  readonly workspace: EditorWorkspace;
  readonly policies: Policies;
  readonly usage: Usage;
  readonly models: Models;
  readonly routing: Routing;
  readonly connect: ReturnType<typeof composeConnect>;
  readonly checkpoints: LoadOnce<WindowCheckpoints>;
  readonly windowTools: LoadOnce<ReturnType<typeof composeTools>>;
  readonly proposals: Proposals;
  readonly instructions: RepositoryInstructions;
  readonly contexts: ChatContexts;
  readonly log: Log;
  /** What may be done without a question is another now. */
  readonly showPermissions: () => void;
}

/** How a session of this window is made, with all that it works with; what it needs later is loaded when it does. */
export function composeSession(parts: SessionParts): (opened: OpenedSession) => GuardedSession {
  const { checkpoints, connect, connection, contexts, instructions, log, models, policies, proposals, routing, usage } =
    parts;
  const { controller, status, view, windowTools, workspace, showPermissions } = parts;
  const { platform } = process;
  const around = () => ({ folders: workspace.folders(), platform, instructions: instructions.found });
  return ({ start, journal }) => {
    const meter = new StepMeter();
    const { sessionId } = start.chat;
    const isShown = (): boolean => controller().sessions.isShown(sessionId);
    const shows = {
      isShown,
      maySend: async (prompt: Prompt) => controller().sessions.find(sessionId)?.dialogs.maySend(prompt) ?? false,
      onReview: (review: Review) => isShown() && view.post({ type: "review", review }),
      attend: (prompt: Prompt, instead: string) => contexts.of(sessionId).attend(prompt, instead),
      isInPanel: () => isShown() && view.isVisible,
      keepOpen: <Result>(work: () => Promise<Result>) => controller().sessions.keepOpen(sessionId, work),
      giveBack: (prompt: Prompt) => {
        if (!controller().sessions.isGone(sessionId)) controller().fill(prompt);
      },
      prefill: (prompt: Prompt) => isShown() && controller().fill(prompt),
      detach: (ids: readonly string[]) => {
        for (const id of ids) contexts.of(sessionId).remove(id);
        controller().contextChanged();
      },
    };
    const policy = policies.create(sessionId, {
      spentInSession: costOfChat(start.chat)?.dollars ?? 0,
      priceOf: usage.priceOf,
      usage: usage.ledger,
      onBill: meter.spent,
      onNearCap: (near) => usage.tellNear(near, session, policy),
      onAllowAll: showPermissions,
    });
    const changes = new LoadOnce(async () => (await checkpoints.get()).forSession({ ...shows, session, policy }));
    const tools = new LoadOnce(async () => {
      const [{ forSession }, { record }] = await Promise.all([windowTools.get(), changes.get()]);
      return forSession({ id: sessionId, guard: policy.files, talk: session.talk, record });
    });
    const programs = async (): Promise<SessionPrograms | undefined> => (await tools.current)?.running;
    const ask = (chosen: Connection) => connect({ session: sessionId, policy, meter }, chosen);
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
      tools: async () => {
        await instructions.look();
        return vscode.workspace.isTrusted && workspace.folders().length > 0 ? (await tools.get()).tools() : [];
      },
      createGate: (ask, notify, onUntrusted) => {
        const gate = proposals.watch(policy.createGate(ask, notify, onUntrusted));
        return models.guardResults(gate, notify, () => session.connection.current);
      },
      systemPrompt: (hasTools, mode) => systemPrompt({ ...around(), hasTools, mode }),
      defaults: readOfferSettings,
      timing: systemTiming,
      report: log.report,
      onOddities: log.oddities,
      onFailure: log.failure,
      onServed: routing.onServed,
    });
    status().follow(session);
    session.subscribe(log.event);
    routing.follow(session);
    const titles = composeTitles(session, { priceOf: usage.priceOf, connect: ask });
    const end = async (): Promise<void> => {
      titles.end();
      await (await programs())?.endAll();
    };
    return {
      ...{ session, policy, end, programs },
      entitled: () => titles.settled(),
      showProposal: async (id) => (await checkpoints.get()).showProposal(id),
      desk: async () => (await changes.get()).desk,
      showReview: async () => {
        if (!session.isEmpty || checkpoints.current !== undefined) await (await changes.get()).desk.show();
      },
    };
  };
}
