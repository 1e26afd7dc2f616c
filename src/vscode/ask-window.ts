import * as vscode from "vscode";
import type { PanelCommand } from "../protocol/panel-messages.ts";
import type { ChatView } from "./chat-view.ts";
import type { ContextDesk } from "./context/context-desk.ts";
import type { PromptContext } from "./context/prompt-context.ts";
import type { Dialogs } from "./dialogs.ts";
import { openLink } from "./open-link.ts";
import { missingPaths, openFile } from "./open-reference.ts";
import type { WindowRequest } from "./panel-request.ts";
import { runPanelCommand } from "./run-panel-command.ts";

/** Commands whose list is VS Code's, which leaves the focus to the editor when it closes. */
const leavesFocus: ReadonlySet<PanelCommand> = new Set(["selectModel", "configureTools", "addContext"]);

export interface WindowParts {
  readonly view: ChatView;
  readonly dialogs: Dialogs;
  readonly contextDesk: ContextDesk;
}

/** `context`: of the chat that the panel asks about. */
export async function askWindow(
  message: WindowRequest,
  context: PromptContext,
  { view, dialogs, contextDesk }: WindowParts,
): Promise<void> {
  switch (message.type) {
    case "fork":
      await vscode.commands.executeCommand("outcrop.forkChat", message.turnId);
      return;
    case "new-chat":
      await vscode.commands.executeCommand("outcrop.newChat");
      return;
    case "command":
      await runPanelCommand(message.command, message.argument);
      if (leavesFocus.has(message.command)) await view.focus();
      return;
    case "open-link":
      return openLink(message.href, dialogs);
    case "open-file":
      await openFile(message.path, message.line, message.endLine);
      return;
    case "check-paths":
      return view.post({ type: "paths-missing", paths: await missingPaths(message.paths) });
    case "code-action":
      return (await import("./editor-actions/code-actions.ts")).runCodeAction(message);
    default:
      return contextDesk.receive(message, context);
  }
}
