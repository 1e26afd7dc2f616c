/** What a dialog of the editor asks. */
export interface Question<Button extends string> {
  readonly title: string;
  readonly detail: string;
  /** In English, marked by `text`; shown in the display language. The first is the one that Enter presses. A button that closes the dialog is added. */
  readonly buttons: readonly Button[];
  /** The name of the button that closes the dialog, in English; `Cancel` where it is left out. */
  readonly close?: string;
}

/** Dialogs that no webview can draw or answer. */
export interface Dialogs {
  readonly isOpen: boolean;
  /** The button that was pressed; undefined where the dialog was closed. */
  ask<Button extends string>(question: Question<Button>): Promise<Button | undefined>;
}
