import * as vscode from "vscode";
import type { ChatController } from "./chat-controller.ts";
import type { ChatView } from "./chat-view.ts";
import type { ConnectionChoice } from "./connection-choice.ts";
import { selectionAttachment } from "./selection-attachment.ts";

/** Commands that need nothing but the loaded chat. Each is `outcrop.<name>` in package.json and a key of `Chat.actions`. */
const actionNames = [
  "selectModel",
  "switchConfiguration",
  "selectGuardrail",
  "switchMode",
  "configureTools",
  "showLog",
  "manageRules",
  "showAuditLog",
  "exportAuditLog",
  "keepChange",
  "undoChange",
  "nextChange",
  "previousChange",
  "showChanges",
  "keepAllChanges",
  "undoAllChanges",
  "stopPrograms",
  "clearData",
  "setHeaderSecret",
  "addHttpTools",
  "setUpGateway",
  "selectIdentity",
  "signIn",
  "setApiKey",
  "setAccessKeys",
  "forgetStoredKeys",
  "diagnoseConnection",
  "copyIamPolicy",
  "inspectRequests",
  "copyRequestAsCommand",
  "saveRequestAsScript",
  "showUsage",
  "exportUsage",
  "escalate",
  "failover",
  "routePrompts",
  "generateCommitMessage",
  "stopCommitMessage",
  "extractToJson",
] as const;
export type ActionName = (typeof actionNames)[number];

/** The parts of a running chat that the view and the commands use. */
export interface Chat {
  readonly view: ChatView;
  readonly controller: ChatController;
  readonly connection: ConnectionChoice;
  readonly actions: Readonly<Record<ActionName, (given?: unknown) => unknown>>;
}

/** Every command of the palette and the menus. None runs a tool. */
export function registerCommands(load: () => Promise<Chat>): vscode.Disposable {
  const commands: Readonly<Record<string, (chat: Chat, given?: unknown) => unknown>> = {
    "outcrop.newChat": async ({ controller, view }) => {
      if (!(await mayLeave(controller))) return;
      await controller.newChat();
      await view.focus();
    },
    "outcrop.focusChat": ({ view }) => view.focus(),
    "outcrop.askAboutSelection": async ({ controller, view }) => {
      const attachment = selectionAttachment();
      if (attachment !== undefined) return controller.attach(attachment);
      void vscode.window.showInformationMessage("Select some text first, then ask about it.");
      await view.focus();
    },
    "outcrop.stop": async ({ controller }) => (await controller.session()).stop(),
    "outcrop.tryDemo": async ({ connection, view }) => {
      await connection.choose("demo");
      await view.focus();
    },
    ...Object.fromEntries(
      actionNames.map((name) => [`outcrop.${name}`, ({ actions }: Chat, given?: unknown) => actions[name](given)]),
    ),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) =>
      // A menu gives what it was opened on.
      vscode.commands.registerCommand(id, async (given?: unknown) => {
        await run(await load(), given);
      }),
    ),
  );
}

/** True where nothing runs or waits for approval, or the user gives it up. */
async function mayLeave(controller: ChatController): Promise<boolean> {
  const session = await controller.session();
  if (!session.isRunning) return true;
  const stop = "Stop and Start New Chat";
  const question = "Stop the running turn and start a new chat?";
  return (await vscode.window.showWarningMessage(question, { modal: true }, stop)) === stop;
}
