import assert from "node:assert/strict";
import { test } from "node:test";
import * as vscode from "vscode";

const extensionId = "outcrop.outcrop";

test("The extension activates and registers every command that it contributes", async () => {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  await extension.activate();

  const contributed: readonly { readonly command: string }[] = extension.packageJSON.contributes.commands;
  const registered = await vscode.commands.getCommands(true);
  const missing = contributed.map(({ command }) => command).filter((command) => !registered.includes(command));

  assert.deepEqual(missing, []);
});
