import * as vscode from "vscode";
import { displayHost } from "../policy/display/display-host.ts";
import { t, text } from "../protocol/localize.ts";
import type { Dialogs } from "./dialogs.ts";
import { openAddress } from "./open-link.ts";
import { plainNotice } from "./plain-notice.ts";

interface DeviceCode {
  readonly userCode: string;
  readonly address: string;
}

interface DeviceSignIn {
  readonly confirm: (code: DeviceCode) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/**
 * Shows a sign-in that is confirmed at the browser: the code and where the browser goes in a dialog first, then progress
 * that can be cancelled. Resolves with whether the user is signed in; false where they cancel.
 */
export async function showDeviceSignIn(
  name: string,
  dialogs: Dialogs,
  run: (signIn: DeviceSignIn) => Promise<boolean>,
): Promise<boolean> {
  const title = plainNotice(t("Signing in to AWS ({0})", name));
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const cancelled = new AbortController();
    token.onCancellationRequested(() => cancelled.abort());
    const confirm = async ({ userCode, address }: DeviceCode): Promise<boolean> => {
      progress.report({ message: t("code {0}", userCode) });
      if (!(await askToOpen(userCode, address, dialogs))) return false;
      progress.report({ message: t("confirm the code {0} in the browser", userCode) });
      return true;
    };
    try {
      return await run({ confirm, signal: cancelled.signal });
    } catch (error) {
      if (cancelled.signal.aborted) return false;
      throw error;
    }
  });
}

async function askToOpen(code: string, address: string, dialogs: Dialogs): Promise<boolean> {
  const target = displayHost(address);
  if (target.kind === "refused") throw new Error(t("The sign-in page was not opened. {0}", target.reason));
  const pressed = await dialogs.ask({
    title: t("Sign in to AWS with the code {0}", code),
    detail: t("The browser opens {0}. Confirm there that it shows the same code.", target.host),
    buttons: [text("Open Browser"), text("Copy Link")] as const,
  });
  if (pressed === "Open Browser") await openAddress(target.address);
  if (pressed === "Copy Link") await vscode.env.clipboard.writeText(target.address);
  return pressed !== undefined;
}
