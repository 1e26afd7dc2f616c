import * as vscode from "vscode";
import type { ChatController } from "./chat-controller.ts";
import type { ChatView } from "./chat-view.ts";
import type { ConnectionChoice } from "./connection-choice.ts";
import { type EditorActionName, editorActionNames } from "./editor-actions/editor-action-names.ts";

/** Commands that need nothing but the loaded chat. Each is `outcrop.<name>` in package.json and a key of `Chat.actions`. */
const actionNames = [
  "selectModel",
  "switchConfiguration",
  "selectGuardrail",
  "switchMode",
  "allowAll",
  "defaultPermissions",
  "configureTools",
  "showLog",
  "manageRules",
  "resetRules",
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
  "showTerminal",
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
  "showChats",
  "renameChat",
  "forkChat",
  "archiveChat",
  "deleteChat",
  "exportChat",
  "importChat",
  "copyChat",
  "addContext",
  "accessibilityHelp",
  "accessibleView",
  "toggleTodos",
  "openSettings",
] as const;
export type ActionName = (typeof actionNames)[number];

/** The parts of a running chat that the view and the commands use. */
export interface Chat {
  readonly view: ChatView;
  readonly controller: ChatController;
  readonly connection: ConnectionChoice;
  /** Commands on what the editor shows; `given` is what the menu passed. */
  readonly editor: (name: EditorActionName, given: readonly unknown[]) => Promise<void>;
  readonly actions: Readonly<Record<ActionName, (given?: unknown) => unknown>>;
}

/** Every command of the palette and the menus. None runs a tool. */
export function registerCommands(load: () => Promise<Chat>): vscode.Disposable {
  const commands: Readonly<Record<string, (chat: Chat, ...given: readonly unknown[]) => unknown>> = {
    "outcrop.newChat": async ({ controller, view }) => {
      await controller.newChat();
      await view.focus();
    },
    // A notice gives the session that it is about.
    "outcrop.focusChat": async ({ controller, view }, given) => {
      if (typeof given === "string") await controller.sessions.showKept(given);
      await view.focus();
    },
    "outcrop.focusApproval": async ({ controller, view }, given) => {
      if (typeof given === "string") await controller.sessions.showKept(given);
      await view.focusApproval();
    },
    "outcrop.stop": async ({ controller }) => (await controller.session()).stop(),
    "outcrop.tryDemo": async ({ connection, view }) => {
      await connection.choose("demo");
      await view.focus();
    },
    ...Object.fromEntries(
      actionNames.map((name) => [`outcrop.${name}`, ({ actions }: Chat, given?: unknown) => actions[name](given)]),
    ),
    ...Object.fromEntries(
      editorActionNames.map((name) => [
        `outcrop.${name}`,
        ({ editor }: Chat, ...given: readonly unknown[]) => editor(name, given),
      ]),
    ),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) =>
      // A menu gives what it was opened on.
      vscode.commands.registerCommand(id, async (...given: readonly unknown[]) => {
        await run(await load(), ...given);
      }),
    ),
  );
}
