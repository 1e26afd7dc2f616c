import * as vscode from "vscode";
import { displayHost } from "../policy/display/display-host.ts";
import { makeVisibleLine } from "../policy/display/make-visible.ts";
import type { Dialogs } from "./dialogs.ts";

/** Opens a link of an answer in the browser, after the user saw where it really leads. Only http and https. */
export async function openLink(href: string, dialogs: Dialogs): Promise<void> {
  // One question at a time: a panel cannot pile them up.
  if (dialogs.isOpen) return;
  const target = displayHost(href);
  if (target.kind === "refused") {
    void vscode.window.showInformationMessage(`The link was not opened. ${target.reason}`);
    return;
  }
  const { host, address, international } = target;
  const note = international ? "\n\nThe name of the host holds letters of other scripts; this is its real name." : "";
  const pressed = await dialogs.ask({
    title: `Open a link to ${host}?`,
    detail: makeVisibleLine(address) + note,
    buttons: ["Copy", "Open"] as const,
  });
  if (pressed === "Copy") await vscode.env.clipboard.writeText(address);
  if (pressed === "Open") await openAddress(address);
}

/** Opens an address in the browser that the user has just seen in a dialog. */
export async function openAddress(address: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
