import * as vscode from "vscode";
import { displayHost } from "../policy/display/display-host.ts";
import { makeVisibleLine } from "../policy/display/make-visible.ts";
import { t, text } from "../protocol/localize.ts";
import type { Dialogs } from "./dialogs.ts";
import { plainNotice } from "./plain-notice.ts";

/** Opens a link of an answer in the browser, after the user saw where it really leads. Only http and https. */
export async function openLink(href: string, dialogs: Dialogs): Promise<void> {
  const target = displayHost(href);
  if (target.kind === "refused") {
    void vscode.window.showInformationMessage(plainNotice(t("The link was not opened. {0}", target.reason)));
    return;
  }
  // One question at a time: a panel cannot pile them up.
  if (dialogs.isOpen) return;
  const { host, address, international } = target;
  const note = international
    ? `\n\n${t("The name of the host holds letters of other scripts; this is its real name.")}`
    : "";
  const pressed = await dialogs.ask({
    title: t("Open a link to {0}?", host),
    detail: makeVisibleLine(address) + note,
    buttons: [text("Copy"), text("Open")] as const,
  });
  if (pressed === "Copy") await vscode.env.clipboard.writeText(address);
  if (pressed === "Open") await openAddress(address);
}

/** Opens an address in the browser that the user has just seen in a dialog. */
export async function openAddress(address: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
