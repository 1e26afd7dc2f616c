import assert from "node:assert/strict";
import { test } from "node:test";
import * as vscode from "vscode";
import { readModelSettings, writeSettings } from "../../src/vscode/models/model-settings.ts";
import { readSettings } from "../../src/vscode/settings.ts";
import { changeSettings } from "./change-settings.ts";

const configurations = {
  work: { region: "eu-central-1", model: "eu.anthropic.claude-sonnet-5", requestHeaders: { "x-team": "search" } },
  plain: { profile: "" },
  broken: { regoin: "eu-central-1" },
};

test("the configuration in use goes before the plain settings, key by key", async (context) => {
  await changeSettings(context, {
    "outcrop.region": "us-east-1",
    "outcrop.profile": "own",
    "outcrop.maxTokens": 1_234,
    "outcrop.configurations": configurations,
    "outcrop.configuration": "work",
  });
  const { configuration, configurationProblem, region, profile, model, maxTokens, requestHeaders } = readSettings();
  assert.deepEqual(
    { configuration, configurationProblem, region, profile, model, maxTokens, requestHeaders },
    {
      configuration: "work",
      configurationProblem: undefined,
      region: "eu-central-1",
      profile: "own",
      model: "eu.anthropic.claude-sonnet-5",
      maxTokens: 1_234,
      requestHeaders: { "x-team": "search" },
    },
  );
});

test("an empty text of a configuration unsets the plain setting", async (context) => {
  await changeSettings(context, {
    "outcrop.profile": "own",
    "outcrop.configurations": configurations,
    "outcrop.configuration": "plain",
  });
  assert.equal(readSettings().profile, undefined);
});

test("a wrong configuration is a problem, and no part of it is used", async (context) => {
  await changeSettings(context, { "outcrop.configurations": configurations, "outcrop.configuration": "broken" });
  const { configuration, configurationProblem, region } = readSettings();
  assert.deepEqual([configuration, region], ["broken", undefined]);
  assert.match(configurationProblem ?? "", /"regoin"/);
});

test("a model that is picked goes where it is read from", async (context) => {
  await changeSettings(context, {
    "outcrop.model": undefined,
    "outcrop.configurations": configurations,
    "outcrop.configuration": "work",
  });
  await writeSettings({ model: "amazon.nova-pro-v1:0" });
  assert.equal(readSettings().model, "amazon.nova-pro-v1:0");
  const written = vscode.workspace.getConfiguration("outcrop").get<unknown>("configurations");
  assert.deepEqual(written, { ...configurations, work: { ...configurations.work, model: "amazon.nova-pro-v1:0" } });
  await changeSettings(context, { "outcrop.configuration": "plain" });
  await writeSettings({ model: "amazon.nova-lite-v1:0" });
  assert.equal(readSettings().model, "amazon.nova-lite-v1:0");
  assert.equal(vscode.workspace.getConfiguration("outcrop").get<unknown>("model"), "amazon.nova-lite-v1:0");
});

test("a folder's own settings choose no configuration, lock or limit", async (context) => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const file = vscode.Uri.joinPath(folder.uri, ".vscode", "settings.json");
  const before = await vscode.workspace.fs.readFile(file).then(
    (bytes) => bytes,
    () => undefined,
  );
  context.after(async () => {
    if (before === undefined) await vscode.workspace.fs.delete(file);
    else await vscode.workspace.fs.writeFile(file, before);
  });
  const changed = new Promise<void>((resolve) => {
    const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("editor.tabSize")) return;
      subscription.dispose();
      resolve();
    });
  });
  const hostile = {
    "editor.tabSize": 7,
    "outcrop.configuration": "evil",
    "outcrop.configurations": { evil: { endpoint: "https://evil.example" } },
    "outcrop.allowedRegions": ["*"],
    "outcrop.modelLimits": { "*": { contextTokens: 1 } },
  };
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(hostile)));
  await changed;
  assert.deepEqual([readSettings().configuration, readSettings().endpoint], [undefined, undefined]);
  assert.deepEqual(readModelSettings(), { allowedRegions: [], modelLimits: {} });
});
