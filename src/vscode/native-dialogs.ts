import * as vscode from "vscode";
import { t, text } from "../protocol/localize.ts";
import type { Dialogs, Question } from "./dialogs.ts";

/** An answer within this time of the dialog's appearance is taken for a key or a click that was meant for something else. */
const armingMs = 500;

/** Where the user may come from. */
export interface DialogOpener {
  readonly hasFocus: boolean;
  returnFocus(): Promise<void>;
}

/**
 * VS Code's own modal dialogs, one at a time, in the order in which they were asked for. Behind a dialog VS Code gives the
 * focus to a webview's outer frame, where no key and no screen reader finds the page: so it is given back here.
 */
export class NativeDialogs implements Dialogs {
  readonly #panel: DialogOpener;
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;

  constructor(panel: DialogOpener) {
    this.#panel = panel;
  }

  get isOpen(): boolean {
    return this.#open > 0;
  }

  ask<Button extends string>(question: Question<Button>): Promise<Button | undefined> {
    this.#open++;
    const answer = this.#last.then(() => this.#ask(question));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #ask<Button extends string>(question: Question<Button>): Promise<Button | undefined> {
    const { hasFocus } = this.#panel;
    // What is asked for while the focus is on its way back is no longer behind a dialog.
    const answer = await untilMeant(question).finally(() => this.#open--);
    if (hasFocus) await this.#panel.returnFocus();
    return answer;
  }
}

interface Item<Button> extends vscode.MessageItem {
  /** Absent: closes the dialog. */
  readonly button?: Button;
}

async function untilMeant<Button extends string>(question: Question<Button>): Promise<Button | undefined> {
  const { title, detail, buttons, close = text("Cancel") } = question;
  // By the item, not by its title: in another language two may have the same.
  const items: readonly Item<Button>[] = [
    ...buttons.map((button) => ({ title: t(button), button })),
    { title: t(close), isCloseAffordance: true },
  ];
  for (;;) {
    const shownAt = performance.now();
    const pressed = await vscode.window.showWarningMessage(title, { modal: true, detail }, ...items);
    const answer = pressed?.button;
    if (answer === undefined || performance.now() - shownAt >= armingMs) return answer;
  }
}
