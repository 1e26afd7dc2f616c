import * as vscode from "vscode";
import type { Dialogs, Question } from "./dialogs.ts";

/** An answer within this time of the dialog's appearance is taken for a key or a click that was meant for something else. */
const armingMs = 500;

/** VS Code's own modal dialogs, one at a time, in the order in which they were asked for. */
export class NativeDialogs implements Dialogs {
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;

  get isOpen(): boolean {
    return this.#open > 0;
  }

  ask<Button extends string>(question: Question<Button>): Promise<Button | undefined> {
    this.#open++;
    const answer = this.#last.then(() => untilMeant(question)).finally(() => this.#open--);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}

async function untilMeant<Button extends string>(question: Question<Button>): Promise<Button | undefined> {
  const { title, detail, buttons, close = "Cancel" } = question;
  const items = [...buttons.map((button) => ({ title: button })), { title: close, isCloseAffordance: true }];
  for (;;) {
    const shownAt = performance.now();
    const pressed = await vscode.window.showWarningMessage(title, { modal: true, detail }, ...items);
    const answer = buttons.find((button) => button === pressed?.title);
    if (answer === undefined || performance.now() - shownAt >= armingMs) return answer;
  }
}
