import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { panelHtml, panelOptions } from "../../src/vscode/panel-html.ts";
import { readPolicySettings } from "../../src/vscode/policy-settings.ts";
import { readSettings } from "../../src/vscode/settings.ts";
import { changeSettings } from "./change-settings.ts";
import { openGatewaySession, outcrop, testAccess } from "./test-access.ts";

test("I16 the panel's HTML holds one constant policy, a fresh nonce, and nothing else that changes", () => {
  const panel = vscode.window.createWebviewPanel("outcrop.test", "Test", vscode.ViewColumn.One);
  const { extensionUri } = outcrop();
  const [one, other] = [panelHtml(panel.webview, extensionUri), panelHtml(panel.webview, extensionUri)];
  const { cspSource } = panel.webview;
  panel.dispose();
  const nonce = /nonce-([A-Za-z0-9+/]{22}==)'/.exec(one)?.[1] ?? assert.fail("a nonce of 128 bits");
  const policy =
    "default-src 'none'; script-src 'nonce-{n}'; style-src {csp}; img-src {csp} data:; font-src 'none'; connect-src 'none'; media-src 'none'; frame-src 'none'; child-src 'none'; worker-src 'none'; object-src 'none'; manifest-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  const shipped = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(one)?.[1];
  assert.equal(shipped, policy.replace("{n}", nonce).replaceAll("{csp}", cspSource));
  const otherNonce = /nonce-([^']+)'/.exec(other)?.[1] ?? "";
  assert.notEqual(otherNonce, nonce);
  assert.equal(other.replaceAll(otherNonce, nonce), one);
});

test("I17 the panel may run its own scripts and load its own folder, no more", () => {
  const { extensionUri } = outcrop();
  assert.deepEqual(panelOptions(extensionUri), {
    enableScripts: true,
    enableCommandUris: false,
    enableForms: false,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist", "webview")],
  });
});

test("D12 K08 settings of the workspace choose no endpoint, profile or limit, and cannot be written by VS Code either", async () => {
  const properties: Readonly<Record<string, object>> = outcrop().packageJSON.contributes.configuration.properties;
  const before = { settings: readSettings(), policy: readPolicySettings() };
  for (const name of Object.keys(properties)) {
    const write = vscode.workspace.getConfiguration().update(name, "evil", vscode.ConfigurationTarget.Workspace);
    await assert.rejects(Promise.resolve(write), name);
  }
  const file = join(folder(), ".vscode", "settings.json");
  const original = await readFile(file, "utf8");
  // Not a change that an earlier test has left behind.
  const changed = new Promise<void>((resolve) => {
    const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("editor.tabSize")) return;
      subscription.dispose();
      resolve();
    });
  });
  const hostile = Object.fromEntries(
    Object.keys(properties).map((name) => [
      name,
      name.includes("max") ? 9_999 : name.endsWith("Environment") ? ["EVIL"] : "evil",
    ]),
  );
  await writeFile(file, JSON.stringify({ ...hostile, "editor.tabSize": 7 }));
  try {
    await changed;
    assert.deepEqual({ settings: readSettings(), policy: readPolicySettings() }, before);
    const endpoint = vscode.workspace.getConfiguration().inspect("outcrop.endpoint");
    assert.deepEqual([endpoint?.workspaceValue, endpoint?.workspaceFolderValue], [undefined, undefined]);
  } finally {
    await writeFile(file, original);
  }
});

test("J11 a turn with tools opens no listening socket", async () => {
  const listening = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
  const before = listening();
  const { controller, connection } = await (await testAccess())();
  await connection.choose("demo");
  await controller.newChat();
  const session = await controller.session();
  assert.deepEqual(await session.send({ text: "read README.md", attachments: [] }), { kind: "completed" });
  assert.equal(listening(), before);
});

test("K03 what is kept of chats, decisions and costs is in the extension's storage, for the user alone", async (context) => {
  if (process.platform === "win32") return context.diagnostic("Windows has access lists instead of modes.");
  const emulator = await startEmulator({
    script: { replies: [{ toolUses: [{ name: "read_file", input: { path: "README.md" } }] }, { text: "Read." }] },
  });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url);
  await session.send({ text: "read it", attachments: [] });
  const { storage } = await testAccess();
  assert.match(relative(folder(), storage.fsPath), /^\.\./);
  const names = await readdir(storage.fsPath, { recursive: true });
  const found = await Promise.all(
    names.map(async (name) => {
      // What is written behind the turn has another name until it is whole.
      const stats = await stat(join(storage.fsPath, name)).catch(() => undefined);
      return stats && { name, mode: (stats.mode & 0o777).toString(8), isFile: stats.isFile() };
    }),
  );
  const kept = found.filter((one) => one !== undefined);
  for (const place of ["sessions", "audit", "spend"]) {
    assert.ok(
      kept.some(({ name, isFile }) => isFile && name.startsWith(place)),
      place,
    );
  }
  assert.deepEqual(
    kept.filter(({ mode, isFile }) => mode !== (isFile ? "600" : "700")),
    [],
  );
});

test("Q04 no command of the palette runs a tool, whatever it is given", async (context) => {
  const emulator = await startEmulator({ script: { replies: [{ text: "unused" }] } });
  context.after(() => emulator.close());
  await changeSettings(context, { "files.simpleDialog.enable": true });
  const session = await openGatewaySession(context, emulator.url);
  // One of the commands changes it, and an empty chat is kept for what comes next.
  context.after(() => session.offer.choose({ mode: "agent" }));
  const file = join(folder(), "made-by-a-command.txt");
  const hostile: readonly unknown[] = [
    { tool: "write_file", input: { path: file, content: "x" }, approve: true, autoApprove: true },
    "write_file",
    vscode.Uri.file(file),
    [{ name: "run_command", input: { command: `touch ${file}` } }],
  ];
  const contributed: readonly { readonly command: string }[] = outcrop().packageJSON.contributes.commands;
  const play = async (command: string): Promise<void> => {
    // A dialog is refused in tests, a list is closed: either way the command has done what it does.
    const ran = Promise.resolve(vscode.commands.executeCommand(command, ...hostile)).catch(() => undefined);
    await Promise.race([ran, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
  };
  // What these are for is to ask the endpoint; the answer to them runs nothing either.
  const asking = ["outcrop.diagnoseConnection", "outcrop.copyIamPolicy", "outcrop.generateCommitMessage"];
  // It sends the changes of the workspace, where there are any, as a prompt.
  const prompting = "outcrop.reviewChanges";
  const left = new Set(["outcrop.tryDemo", prompting, ...asking]);
  const hidden = ["outcrop.applyInEditor", "outcrop.openPromptLink"];
  const others = contributed.map(({ command }) => command).filter((command) => !left.has(command));
  for (const command of [...others, ...hidden]) {
    // What an editor shows would be asked about.
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await play(command);
  }
  assert.deepEqual(emulator.requests, []);
  for (const command of asking) await play(command);
  assert.deepEqual([session.chat.past, session.chat.current], [[], null]);
  await play(prompting);
  session.stop();
  await session.settled();
  assert.equal(existsSync(file), false);
  await rm(file, { force: true });
});

function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return first?.uri.fsPath ?? assert.fail("a folder is open");
}
