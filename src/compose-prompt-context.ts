import { join } from "node:path";
import * as vscode from "vscode";
import { ToolError } from "./agent/tool.ts";
import type { mediaRefusal } from "./compose-media.ts";
import type { Policies } from "./compose-policy.ts";
import { classifyPath } from "./policy/paths/classify-path.ts";
import type { ToWebview } from "./protocol/panel-messages.ts";
import { RepositoryInstructions } from "./tools/context/repository-instructions.ts";
import { reasonForUser } from "./tools/context/run-gated.ts";
import type { Workspace } from "./tools/workspace.ts";
import type { ChatController } from "./vscode/chat-controller.ts";
import type { ChatView } from "./vscode/chat-view.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import { ChatContexts } from "./vscode/context/chat-contexts.ts";
import { ChipFolder } from "./vscode/context/chip-folder.ts";
import { ContextDesk, type WindowContext } from "./vscode/context/context-desk.ts";
import { readsInstructions } from "./vscode/context/context-settings.ts";
import { ImplicitEditor } from "./vscode/context/implicit-editor.ts";
import { PromptContext } from "./vscode/context/prompt-context.ts";
import type { PromptContextOptions } from "./vscode/context/prompt-context-options.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import { LoadOnce } from "./vscode/load-once.ts";

export interface PromptContextParts {
  readonly context: vscode.ExtensionContext;
  readonly workspace: Workspace;
  readonly policies: Policies;
  readonly dialogs: Dialogs;
  readonly view: ChatView;
  readonly connection: ConnectionChoice;
  readonly controller: () => ChatController;
  readonly report: (error: unknown) => void;
}

/** What goes with prompts: attached, suggested, named by a slash command, or the repository's own. What reads it is loaded when it is first used. */
export function composePromptContext(parts: PromptContextParts) {
  const { context, workspace, policies, dialogs, view, controller, report } = parts;
  const { paths } = policies;
  const mask = (text: string): string => policies.mask()(text);
  /** Of a chat that is open, or of the one that is shown. */
  const policy = async (chat?: string) =>
    (chat === undefined ? undefined : open(chat)?.policy) ?? (await controller().policy());
  const open = (chat: string) => controller().sessions.find(chat);
  const post = (message: ToWebview): void => view.post(message);
  const onChange = (): void => controller().contextChanged();
  const mayTell = async (path: string): Promise<boolean> => {
    const { kind, place } = await classifyPath(path, paths, "read");
    return kind === "ordinary" && place !== "outside";
  };
  const trusted = () => (vscode.workspace.isTrusted ? paths.folders() : []);
  const window = new LoadOnce(async (): Promise<WindowContext> => {
    const { composeContext } = await import("./compose-context.ts");
    return composeContext({ workspace, dialogs, policy, subscriptions: context.subscriptions });
  });
  const files = new LoadOnce(async () => {
    const { PromptFiles } = await import("./tools/context/prompt-files.ts");
    const userFolder = join(context.globalStorageUri.fsPath, "..", "..", "prompts");
    return new PromptFiles({ userFolder, folders: trusted, mayTell });
  });
  const instructions = new RepositoryInstructions({
    folders: () => workspace.folders(),
    isOn: () => vscode.workspace.isTrusted && readsInstructions(),
    mayTell,
  });
  /** Images and documents come by `gather` alone. */
  let refusal: typeof mediaRefusal | undefined;
  const gather: WindowContext["gather"] = async (reference, chat) => {
    refusal ??= (await import("./compose-media.ts")).mediaRefusal;
    return (await window.get()).gather(reference, chat);
  };
  const implicit = new ImplicitEditor({ mayTell, gather, onChange, report });
  context.subscriptions.push(implicit);
  const create = (chat: string, memory: PromptContextOptions["memory"]): PromptContext => {
    const session = () => open(chat)?.session;
    return new PromptContext({
      ...{ implicit, memory, onChange, report },
      gather: (reference) => gather(reference, chat),
      attendants: async (text, instead) => {
        const { promptAttendants } = await import("./vscode/context/prompt-attendants.ts");
        const past = session()?.chat.past ?? [];
        const at = past.findIndex(({ id }) => id === instead);
        const before = () => past.slice(0, at === -1 ? past.length : at).flatMap(({ attachments }) => attachments);
        return promptAttendants(text, { instructions, files: () => files.get(), before });
      },
      refusal: (kind) => refusal?.(session()?.connection.current ?? parts.connection.current(), kind),
      reasonOf: (error) => (error instanceof ToolError ? reasonForUser(error) : undefined),
    });
  };
  const contexts = new ChatContexts({
    create,
    shown: () => controller().sessions.shown?.session.chat.sessionId,
    folder: new ChipFolder({ path: join(context.globalStorageUri.fsPath, "drafts"), mask, report }),
  });
  const contextDesk = new ContextDesk({
    ...{ post, onChange },
    shown: async () => contexts.of((await controller().session()).chat.sessionId),
    window: () => window.get(),
    promptFiles: async () => (await files.get()).list(),
  });
  return { contexts, contextDesk, instructions };
}
