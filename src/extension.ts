import * as vscode from "vscode";
import { setLanguage } from "./protocol/localize.ts";
import { chatViewId } from "./vscode/chat-view-id.ts";
import { type Chat, registerCommands } from "./vscode/commands.ts";
import { LoadOnce } from "./vscode/load-once.ts";

let chat: LoadOnce<Chat> | undefined;

/** Registers the view and the commands, no more: what they need is loaded when one of them is first used. */
export function activate(context: vscode.ExtensionContext): (() => Promise<Chat>) | undefined {
  setLanguage(vscode.env.language, vscode.l10n.bundle);
  const once = new LoadOnce(async () => (await import("./compose-chat.ts")).composeChat(context));
  const load = () => once.get();
  chat = once;
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider(chatViewId, {
      resolveWebviewView: async (view) => (await load()).view.resolve(view),
    }),
    registerCommands(load),
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await load()).editor("openPromptLink", [uri]) }),
  );
  // The extension's own tests drive the chat; nobody else is given it.
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return Object.assign(load, { storage: context.globalStorageUri });
}

/** Ends what runs and waits until it is on the disk. */
export async function deactivate(): Promise<void> {
  const loaded = await chat?.current;
  chat = undefined;
  await loaded?.controller.dispose();
}
