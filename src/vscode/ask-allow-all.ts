import type { AllowAll } from "../policy/allow-all.ts";
import { t, text } from "../protocol/localize.ts";
import type { Dialogs } from "./dialogs.ts";

interface Shown {
  readonly policy: { readonly allowAll: Pick<AllowAll, "isOn" | "turnOn" | "turnOff"> };
}

export interface AskAllowAllOptions {
  readonly sessions: { readonly shown: Shown | undefined; current(): Promise<Shown> };
  readonly dialogs: Dialogs;
  /** Why it may not be turned on; undefined: it may. */
  readonly whyNot: () => string | undefined;
  readonly tell: (text: string) => void;
  /** Back to the panel: VS Code may leave the focus anywhere. */
  readonly focus: () => Promise<void>;
}

/** Asks in a dialog of the editor, which alone turns Allow All on, for the chat that it was asked about. */
export async function askAllowAll({ sessions, dialogs, whyNot, tell, focus }: AskAllowAllOptions): Promise<void> {
  const reason = whyNot();
  if (reason !== undefined) return tell(reason);
  const shown = await sessions.current();
  const { allowAll } = shown.policy;
  // A panel that asks again and again gets one question.
  if (allowAll.isOn || dialogs.isOpen) return;
  const confirm = text("Allow All");
  const detail = [
    t("Edits of ordinary files in the workspace, commands and tasks then run without asking you."),
    t(
      "You are still asked about files that steer the editor, git, builds or assistants, places outside the workspace, secrets, deleting and moving files, the network, commands that are not fully understood or change more than they name, tools from elsewhere and spending, and after untrusted content was read.",
    ),
    t(
      "Text in files and results can steer the model into calls that you do not want, and a program that runs can do what you can do.",
    ),
    t("It ends when you turn it off, show another chat or reload the window."),
  ].join("\n\n");
  const buttons = [text("Keep Default Permissions"), confirm] as const;
  const pressed = await dialogs.ask({ title: t("Allow all in this chat?"), detail, buttons });
  if (pressed === confirm && sessions.shown === shown) await allowAll.turnOn();
  // Another chat may be shown since, while it was written down: it is only where it is in sight.
  if (sessions.shown !== shown) allowAll.turnOff();
  // Not under the next dialog.
  if (!dialogs.isOpen) await focus();
}
