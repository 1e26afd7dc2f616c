import * as vscode from "vscode";
import { chatViewId } from "./vscode/chat-view-id.ts";
import { type Chat, registerCommands } from "./vscode/commands.ts";

let loaded: Promise<Chat> | undefined;

/** Registers the view and the commands, no more: what they need is loaded when one of them is first used. */
export function activate(context: vscode.ExtensionContext): (() => Promise<Chat>) | undefined {
  const load = (): Promise<Chat> => {
    loaded ??= import("./compose-chat.ts").then(({ composeChat }) => composeChat(context));
    return loaded;
  };
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider(chatViewId, {
      resolveWebviewView: async (view) => (await load()).view.resolve(view),
    }),
    registerCommands(load),
  );
  // The extension's own tests drive the chat; nobody else is given it.
  return context.extensionMode === vscode.ExtensionMode.Test ? load : undefined;
}

/** Ends what runs and waits until it is on the disk. */
export async function deactivate(): Promise<void> {
  const chat = await loaded;
  loaded = undefined;
  await chat?.controller.dispose();
}
