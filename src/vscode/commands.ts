import * as vscode from "vscode";
import type { ChatController } from "./chat-controller.ts";
import type { ChatView } from "./chat-view.ts";
import { selectionAttachment } from "./selection-attachment.ts";

export interface CommandTargets {
  readonly view: ChatView;
  readonly controller: ChatController;
  readonly selectModel: () => Promise<void>;
  readonly tryDemo: () => Promise<void>;
  readonly showLog: () => void;
}

/** Every command of the palette and the menus. None runs a tool. */
export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const { view, controller } = targets;
  const commands: Readonly<Record<string, () => unknown>> = {
    "outcrop.newChat": async () => {
      await controller.newChat();
      await view.focus();
    },
    "outcrop.focusChat": () => view.focus(),
    "outcrop.askAboutSelection": async () => {
      const attachment = selectionAttachment();
      await (attachment === undefined ? view.focus() : controller.attach(attachment));
    },
    "outcrop.stop": async () => (await controller.session()).stop(),
    "outcrop.selectModel": targets.selectModel,
    "outcrop.tryDemo": async () => {
      await targets.tryDemo();
      await view.focus();
    },
    "outcrop.showLog": targets.showLog,
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}
