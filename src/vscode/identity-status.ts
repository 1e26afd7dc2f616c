import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import type { IdentityText } from "./identity-text.ts";

/** How often the time that is left is shown anew; nothing is asked for then. */
const tickMs = 60_000;

/** The status bar's item for who requests come from. There is none before Bedrock was used. */
export class IdentityStatus implements vscode.Disposable {
  #item: vscode.StatusBarItem | undefined;
  #describe: (() => IdentityText | undefined) | undefined;
  #tick: NodeJS.Timeout | undefined;

  /** `describe` is called again as time passes; undefined hides the item. */
  show(describe: () => IdentityText | undefined): void {
    this.#describe = describe;
    this.#tick ??= setInterval(() => this.#paint(), tickMs).unref();
    this.#paint();
  }

  dispose(): void {
    clearInterval(this.#tick);
    this.#item?.dispose();
  }

  #paint(): void {
    const shown = this.#describe?.();
    if (shown === undefined) {
      this.#item?.hide();
      return;
    }
    this.#item ??= createItem();
    this.#item.text = shown.text;
    this.#item.tooltip = shown.tooltip;
    this.#item.backgroundColor = shown.isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.accessibilityInformation = { label: shown.tooltip };
    this.#item.show();
  }
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem("outcrop.identity", vscode.StatusBarAlignment.Right, 90);
  item.name = t("Outcrop: Identity");
  item.command = "outcrop.selectIdentity";
  return item;
}
