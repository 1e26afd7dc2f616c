import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import type { SessionPolicy } from "../policy/session-policy.ts";
import type { Connection } from "../protocol/connection.ts";
import type { PanelContext } from "../protocol/panel-messages.ts";
import { mayAllowAll } from "./allow-all-setting.ts";
import type { GitExtension } from "./changes/git-extension.ts";
import type { ChatContexts } from "./context/chat-contexts.ts";
import { readDisplaySettings } from "./display-settings.ts";
import { readOfferSettings } from "./offer-settings.ts";
import { readQueueAction } from "./queue-settings.ts";
import type { RepositoryNotice } from "./repository-notice.ts";
import type { GuardedSession } from "./sessions/shown-session.ts";
import { suggestedPrompts } from "./suggested-prompts.ts";

export interface ContextSources {
  /** What goes with the next prompt of each chat. */
  readonly contexts: Pick<ChatContexts, "shown">;
  readonly repository: Pick<RepositoryNotice, "lines">;
  /** Who answers a session; undefined: the first one is not open yet. */
  readonly connection: (session: ChatSession | undefined) => Connection;
  /** What Bedrock needs and nobody says. */
  readonly missing: (answers: Connection) => PanelContext["missing"];
}

/** What the panel shows beside the chat that is shown. */
export function contextOf(
  shown: Pick<GuardedSession, "session" | "policy"> | undefined,
  { contexts, repository, connection, missing }: ContextSources,
): PanelContext {
  const { shown: attachments = [], implicit } = contexts.shown ?? {};
  const answers = connection(shown?.session);
  const { path, label } = implicit?.attachment ?? {};
  const suggestions = suggestedPrompts({
    hasFolder: (vscode.workspace.workspaceFolders ?? []).length > 0,
    hasChanges: hasGitChanges(),
    file: path ?? label,
    isDemo: answers.kind === "demo",
  });
  return {
    ...{ connection: answers, missing: missing(answers), attachments, repository: repository.lines },
    ...{ mode: readOfferSettings().mode, queueAction: readQueueAction(), suggestions, display: readDisplaySettings() },
    restricted: !vscode.workspace.isTrusted,
    ...(implicit && { implicit }),
    ...permissionsOf(shown?.policy),
  };
}

/** What may be chosen for a chat, and is; nothing where there is no choice. */
function permissionsOf(policy: SessionPolicy | undefined): Pick<PanelContext, "permissions"> {
  if (!mayAllowAll()) return {};
  return { permissions: policy?.allowAll.isOn === true ? "allow-all" : "default" };
}
/** As far as VS Code's git extension has looked; it is not started for this. */
function hasGitChanges(): boolean {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (extension?.isActive !== true || !extension.exports.enabled) return false;
  return extension.exports.getAPI(1).repositories.some(({ state }) => {
    return state.workingTreeChanges.length + state.indexChanges.length > 0;
  });
}
