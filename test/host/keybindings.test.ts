import assert from "node:assert/strict";
import { test } from "node:test";
import * as vscode from "vscode";
import { outcrop } from "./test-access.ts";

interface Bound {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
}

/** Every key that is bound by default, Outcrop's own as well. */
async function defaultKeys(): Promise<readonly Bound[]> {
  const uri = vscode.Uri.parse("vscode://defaultsettings/keybindings.json");
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  const bound = [...text.matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)];
  return bound.map(([, key = "", command = ""]) => ({ key, command }));
}

/** Where the chat has the focus, it does by VS Code's own keys what VS Code's own chat does. */
const asInItsChat = [
  ["alt+f1", "editor.action.accessibilityHelp"],
  ["alt+f2", "editor.action.accessibleView"],
  ["ctrl+shift+t", "workbench.action.chat.focusTodosView"],
] as const;

test("The keys of Outcrop belong to nothing else in VS Code, but for those of its own chat", async () => {
  const bound = await defaultKeys();
  assert.ok(bound.length > 500, `${bound.length} keys were read`);
  const isOurs = ({ command }: Bound): boolean => command.startsWith("outcrop.");
  const ours = bound.filter(isOurs);
  const contributed: readonly Bound[] = outcrop().packageJSON.contributes.keybindings;
  assert.deepEqual(
    ours.map(({ command, key }) => `${key} ${command}`).toSorted(),
    contributed.map(({ command, key }) => `${key} ${command}`).toSorted(),
  );
  const keys = new Set(ours.map(({ key }) => key));
  const shared = new Map<string, string>(asInItsChat);
  for (const [key, command] of shared) {
    assert.ok(
      bound.some((one) => one.key === key && one.command === command),
      command,
    );
    const when = contributed.flatMap((one) => (one.key === key ? [one.when] : []));
    assert.deepEqual(when, ["focusedView == outcrop.chat"]);
  }
  const taken = bound.filter((one) => !isOurs(one) && keys.has(one.key) && !shared.has(one.key));
  assert.deepEqual(taken, []);
});

test("Two of Outcrop's commands on one key are never there at once", () => {
  const contributed: readonly Bound[] = outcrop().packageJSON.contributes.keybindings;
  for (const one of contributed) {
    const same = contributed.filter(({ key }) => key === one.key);
    if (same.length === 1) continue;
    const whens = same.map(({ when }) => when ?? "");
    assert.equal(new Set(whens).size, same.length, one.key);
    assert.ok(
      whens.every((when) => /terminalFocus|editorHasSelection|outcrop-(apply|edit|\()/.test(when)),
      `${one.key}: ${whens.join(" | ")}`,
    );
  }
});
