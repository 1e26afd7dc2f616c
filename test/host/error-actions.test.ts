import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { runPanelCommand } from "../../src/vscode/run-panel-command.ts";
import { setVariables } from "../support/set-variables.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { untilEqual } from "../support/until.ts";
import { changeSettings } from "./change-settings.ts";

test("Sign In for a profile of aws login opens a terminal of its own and runs nothing in it", async (context) => {
  const home = await temporaryFolder(context);
  await mkdir(join(home, ".aws"));
  const config = join(home, ".aws", "config");
  await writeFile(config, "[profile console]\nlogin_session = arn:aws:iam::111122223333:user/jane\n");
  setVariables(context, { AWS_CONFIG_FILE: config });
  await changeSettings(context, { "outcrop.profile": "console" });
  const before = new Set(vscode.window.terminals);
  const ran: string[] = [];
  const subscription = vscode.window.onDidStartTerminalShellExecution(({ execution }) =>
    ran.push(execution.commandLine.value),
  );
  await runPanelCommand("signIn");
  const opened = vscode.window.terminals.filter((terminal) => !before.has(terminal));
  assert.deepEqual(
    opened.map(({ name }) => name),
    ["AWS sign-in"],
  );
  await delay(1_500);
  assert.deepEqual(ran, []);
  subscription.dispose();
  for (const terminal of opened) terminal.dispose();
});

test("Lower Max Tokens opens the settings", async () => {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await runPanelCommand("lowerMaxTokens");
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
  await untilEqual(labels, ["Settings"]);
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
});
