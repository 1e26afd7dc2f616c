import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import * as vscode from "vscode";

const left: string[] = [];

/** Answers VS Code's lists and input boxes, which nobody presses in a test: by a label, or a text. */
export function answerPrompts(context: TestContext, answers: readonly string[]): void {
  left.push(...answers);
  const { showQuickPick, showInputBox } = vscode.window;
  context.after(() => Object.assign(vscode.window, { showQuickPick, showInputBox }));
  Object.assign(vscode.window, {
    showQuickPick: async (items: readonly vscode.QuickPickItem[]) => {
      const wanted = left.shift();
      return items.find(({ label }) => label === wanted) ?? assert.fail(`no ${wanted} to pick`);
    },
    showInputBox: async () => left.shift(),
  });
}
