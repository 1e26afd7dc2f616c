import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as vscode from "vscode";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { gatewayDecidesModel } from "../../src/vscode/gateway-decides-model.ts";
import { configurableSettings } from "../../src/vscode/models/configurations.ts";
import { readModelSettings, writeSettings } from "../../src/vscode/models/model-settings.ts";
import { readNetworkSettings } from "../../src/vscode/network-settings.ts";
import { readRequestChoices } from "../../src/vscode/request-settings.ts";
import { readRoutingSettings } from "../../src/vscode/routing-settings.ts";
import { readSettings } from "../../src/vscode/settings.ts";
import { userSettings } from "../../src/vscode/user-settings.ts";
import { makePrivateAuthority } from "../support/private-authority.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { answerPrompts } from "./answer-prompts.ts";
import { changeSettings } from "./change-settings.ts";
import { testAccess } from "./test-access.ts";

const canary = "configured-canary-4c19e7";
const guardrail = { identifier: "gr1a2b3c4d5e", version: "2", mode: "async", trace: "disabled" } as const;
/** All that a configuration may hold, none of it a default. */
const all = {
  profile: "work",
  region: "eu-central-1",
  endpoint: "https://ai.example.com",
  authentication: "aws",
  model: "eu.anthropic.claude-sonnet-5",
  requestHeaders: { "x-team": "search" },
  gatewayDecidesModel: true,
  caBundle: "/etc/corp.pem",
  useFipsEndpoint: true,
  useDualstackEndpoint: true,
  allowedRegions: ["eu-*"],
  routing: "automatic",
  fastModel: "eu.amazon.nova-micro-v1:0",
  failover: [{ region: "eu-north-1" }],
  maxTokens: 1_234,
  thinking: "budget",
  thinkingBudget: 2_048,
  effort: "low",
  temperature: 0.5,
  topP: 0.25,
  promptCaching: "1h",
  serviceTier: "flex",
  latency: "optimized",
  guardrail,
  guardrailToolResults: true,
  requestMetadata: { repository: false, branch: false, session: false },
};

/** What all readers make of the settings, as far as a configuration may hold them. */
function readAll() {
  const { profile, region, endpoint, authentication, model, requestHeaders, maxTokens } = readSettings();
  const { proxy, ...network } = readNetworkSettings();
  const { isAutomatic, fastModel, failover } = readRoutingSettings();
  const { metadata, ...request } = readRequestChoices(userSettings());
  const { allowedRegions } = readModelSettings();
  return {
    ...{ profile, region, endpoint, authentication, model, requestHeaders, maxTokens },
    ...{ ...network, ...request, requestMetadata: metadata, allowedRegions },
    ...{ routing: isAutomatic ? "automatic" : "off", fastModel, failover },
    gatewayDecidesModel: gatewayDecidesModel(),
  };
}

test("switching applies everything that a configuration holds, and switching back takes it back", async (context) => {
  assert.deepEqual(Object.keys(all).toSorted(), [...configurableSettings].toSorted());
  await changeSettings(context, { "outcrop.configurations": { all } });
  const plain = readAll();
  await changeSettings(context, { "outcrop.configuration": "all" });
  assert.deepEqual(readAll(), all);
  await changeSettings(context, { "outcrop.configuration": "" });
  assert.deepEqual(readAll(), plain);
  assert.ok(!Object.entries(all).some(([name, value]) => isSame(Reflect.get(plain, name), value)));
});

test("what is set while a configuration is in use goes where it is read from", async (context) => {
  await changeSettings(context, {
    "outcrop.guardrail": { identifier: "plainplain12", version: "1" },
    "outcrop.configurations": { work: { guardrail, routing: "automatic", fastModel: "amazon.nova-micro-v1:0" } },
    "outcrop.configuration": "work",
  });
  await writeSettings({ guardrail: undefined, routing: "off" });
  assert.deepEqual(
    [readRequestChoices(userSettings()).guardrail, readRoutingSettings().isAutomatic],
    [undefined, false],
  );
  await changeSettings(context, { "outcrop.configuration": "" });
  assert.equal(readRequestChoices(userSettings()).guardrail?.identifier, "plainplain12");
  assert.equal(vscode.workspace.getConfiguration("outcrop").inspect("routing")?.globalValue, undefined);
});

test("Save as Configuration keeps what the configuration in use holds and what the user has set, and nothing that is wrong", async (context) => {
  const { actions } = await (await testAccess())();
  const cheap = { region: "eu-west-3", maxTokens: 100 };
  const own = { guardrail, caBundle: "/etc/corp.pem", requestHeaders: { "x-key": `\${secret:configured}` } };
  await changeSettings(context, {
    ...Object.fromEntries(Object.entries({ ...own, region: "us-east-1" }).map(([key, set]) => [`outcrop.${key}`, set])),
    "outcrop.configurations": { cheap },
    "outcrop.configuration": "cheap",
  });
  const inUse = readAll();
  answerPrompts(context, ["$(save) Save as Configuration…", "kept"]);
  await actions.switchConfiguration();
  const section = () => vscode.workspace.getConfiguration("outcrop");
  const kept = { ...own, ...cheap };
  assert.deepEqual([section().get("configuration"), section().get("configurations")], ["kept", { cheap, kept }]);
  await changeSettings(context, { "outcrop.guardrail": undefined, "outcrop.region": "us-west-2" });
  assert.deepEqual(readAll(), inUse);
  await changeSettings(context, { "outcrop.thinking": "sometimes" });
  const warnings: string[] = [];
  const { showWarningMessage } = vscode.window;
  context.after(() => Object.assign(vscode.window, { showWarningMessage }));
  Object.assign(vscode.window, { showWarningMessage: async (text: string) => void warnings.push(text) });
  answerPrompts(context, ["$(save) Save as Configuration…", "odd"]);
  await actions.switchConfiguration();
  assert.match(warnings.join(), /^Nothing was saved\. The configuration "odd" .* is wrong at thinking: /);
  assert.deepEqual(section().get("configurations"), { cheap, kept });
});

test("Switch Configuration: the next request goes by its gateway, authority, header with its secret, and guardrail", async (context) => {
  const authority = makePrivateAuthority("gateway.outcrop.test");
  const emulator = await startEmulator({ script: () => textReply("Here."), tls: authority.server });
  context.after(() => emulator.close());
  const caBundle = join(await temporaryFolder(context), "corp-ca.pem");
  await writeFile(caBundle, authority.ca);
  const { controller, connection, actions } = await (await testAccess())();
  const gateway = {
    ...{ endpoint: emulator.url, authentication: "none", caBundle, guardrail, allowedRegions: ["eu-*"] },
    ...{ requestHeaders: { "x-key": `\${secret:configured}` }, model: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0" },
  };
  const outside = { ...gateway, model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0" };
  await changeSettings(context, {
    "outcrop.endpoint": "http://127.0.0.1:9",
    "outcrop.configurations": { gateway, outside },
    "outcrop.configuration": "",
  });
  context.after(() => connection.choose("demo"));
  await controller.newChat();
  const session = await controller.session();
  answerPrompts(context, ["gateway", "$(key) configured", canary]);
  await actions.switchConfiguration();
  await actions.setHeaderSecret();
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  assert.deepEqual(
    emulator.requests.map(({ headers, body }) => [headers["x-key"], Reflect.get(Object(body), "guardrailConfig")]),
    [
      [
        canary,
        {
          guardrailIdentifier: guardrail.identifier,
          guardrailVersion: "2",
          trace: "disabled",
          streamProcessingMode: "async",
        },
      ],
    ],
  );
  const written = JSON.stringify(vscode.workspace.getConfiguration("outcrop").get("configurations"));
  assert.deepEqual([written.includes(canary), written.includes(`\${secret:configured}`)], [false, true]);
  answerPrompts(context, ["outside"]);
  await actions.switchConfiguration();
  const refused = await session.send({ text: "And now?", attachments: [] });
  assert.match(refused?.kind === "failed" ? refused.error.message : "", /may be answered in us-/);
  assert.equal(emulator.requests.length, 1);
});

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
