import assert from "node:assert/strict";
import { test } from "node:test";
import * as vscode from "vscode";
import type { Chat } from "../../src/vscode/commands.ts";
import { canWriteChannels } from "../../src/vscode/kept-log.ts";
import { missingPaths, openFile } from "../../src/vscode/open-reference.ts";
import { untilMatches } from "../support/until.ts";

test("A link to a missing file opens nothing and says that it is missing", async () => {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const path of ["src/missing.ts", "../package.json", "src", "/etc/passwd"]) {
    assert.equal(await openFile(path, 3), false, path);
  }
  assert.equal(activeEditor(), undefined);
  const named = ["src/missing.ts", "src/http/retry-delay.ts", "src", "/etc/passwd"];
  assert.deepEqual(await missingPaths(named), ["src/missing.ts", "src", "/etc/passwd"]);
  assert.equal(await openFile("src/http/retry-delay.ts", 8), true);
  assert.equal(activeEditor()?.selection.start.line, 7);
});

test("The same selection is attached once, and a new chat drops what is attached", async () => {
  const { controller, connection } = await access();
  await connection.choose("demo");
  await controller.newChat();
  await select("src/http/retry-delay.ts", new vscode.Range(1, 0, 3, 0));
  await vscode.commands.executeCommand("outcrop.addToChat");
  await vscode.commands.executeCommand("outcrop.addToChat");
  await select("src/http/retry-delay.ts", new vscode.Range(4, 0, 5, 0));
  await vscode.commands.executeCommand("outcrop.addToChat");
  assert.deepEqual(
    controller.attachments.map(({ label }) => label),
    ["retry-delay.ts:2-3", "retry-delay.ts:5"],
  );
  await vscode.commands.executeCommand("outcrop.newChat");
  assert.deepEqual(controller.attachments, []);
});

test("UX25 without a selection the whole file is attached", async () => {
  const { controller } = await access();
  await controller.newChat();
  await select("src/http/retry-delay.ts", new vscode.Range(1, 0, 1, 0));
  await vscode.commands.executeCommand("outcrop.addToChat");
  assert.deepEqual(
    controller.attachments.map(({ kind, label, startLine }) => [kind, label, startLine]),
    [["file", "retry-delay.ts", undefined]],
  );
  await controller.newChat();
});

test("Show Log shows what happened, also where VS Code's output channels cannot be written", async (context) => {
  const { controller, connection } = await access();
  await connection.choose("demo");
  await controller.newChat();
  await (await controller.session()).send({ text: "thanks", attachments: [] });
  await vscode.commands.executeCommand("outcrop.showLog");
  if (canWriteChannels(vscode.env.appRoot)) return context.diagnostic("This VS Code writes the channel itself.");
  const shown = activeEditor()?.document;
  assert.equal(shown?.uri.toString(), "outcrop-log:Outcrop.log");
  // Where it was open before, VS Code brings it up to date a moment later.
  await untilMatches(
    () => shown?.getText() ?? "",
    /\[info\] Turn \S+ starts with the demo model\.\n.*\[info\] The turn ended: completed\.\n/s,
  );
});

test("Limits are the user's own settings, where to connect is the machine's, and a repository can set neither", () => {
  const properties: Readonly<Record<string, { readonly scope: string }>> =
    vscode.extensions.getExtension("outcrop.outcrop")?.packageJSON.contributes.configuration.properties;
  const named = (scope: string): readonly string[] =>
    Object.keys(properties).filter((name) => properties[name]?.scope === scope);
  const identity = ["region", "profile", "model", "endpoint", "authentication", "requestHeaders"];
  const network = ["gatewayDecidesModel", "caBundle", "useFipsEndpoint", "useDualstackEndpoint"];
  const models = ["configuration", "configurations", "allowedRegions", "fastModel", "failover"];
  const request = ["guardrail", "guardrailToolResults", "httpTools"];
  const machine = [...identity, ...network, ...models, ...request].map((name) => `outcrop.${name}`);
  assert.deepEqual(named("machine").toSorted(), machine.toSorted());
  assert.deepEqual([...machine, ...named("application")].toSorted(), Object.keys(properties).toSorted());
});

async function access(): Promise<Chat> {
  const extension = vscode.extensions.getExtension<(() => Promise<Chat>) | undefined>("outcrop.outcrop");
  const load = await extension?.activate();
  assert.ok(load, "The extension gives its tests access in test mode.");
  return load();
}

async function select(path: string, range: vscode.Range): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path), { selection: range });
}

function activeEditor(): vscode.TextEditor | undefined {
  return vscode.window.activeTextEditor;
}
