import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import type { Prompts } from "./prompts.ts";

/** VS Code's own lists and input boxes. They stay open when the window loses the focus: the answer is often copied from another. */
export const nativePrompts: Prompts = {
  pick: async (title, choices) =>
    (await vscode.window.showQuickPick([...choices], { title, ignoreFocusOut: true, matchOnDescription: true }))?.value,
  ask: async ({ title, prompt, value, placeholder, password, problemOf }) => {
    const text = await vscode.window.showInputBox({
      title,
      prompt,
      ignoreFocusOut: true,
      ...(value !== undefined && { value }),
      ...(placeholder !== undefined && { placeHolder: placeholder }),
      ...(password === true && { password }),
      validateInput: (typed) =>
        typed.trim() === "" ? t("Type something, or press Escape.") : problemOf?.(typed.trim()),
    });
    return text?.trim();
  },
};
