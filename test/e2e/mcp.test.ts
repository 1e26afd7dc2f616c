import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { repositoryRoot } from "../../scripts/paths.mjs";
import { comes } from "../support/comes.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const name = "mcp_harbour_say_tide";
const tideIn = (port: string) => ({ toolUses: [{ name, input: { port } }] });

describe("an MCP server in a real workbench", () => {
  let scene: SecurityScene;
  let panel: Frame;

  before(async () => {
    scene = await openSecurityScene();
    const { globalStorage, workspace } = scene.workbench;
    const args = [join(repositoryRoot, "test", "fixtures", "mcp-server.ts")];
    const harbour = { type: "stdio", command: process.execPath, args };
    mkdirSync(join(workspace, ".vscode"), { recursive: true });
    writeFileSync(join(workspace, ".vscode", "mcp.json"), JSON.stringify({ servers: { harbour } }));
    // Without its AI features VS Code hides the commands that start a server; they need no sign-in.
    const settings = join(globalStorage, "..", "settings.json");
    const quiet = JSON.parse(readFileSync(settings, "utf8"));
    writeFileSync(settings, JSON.stringify({ ...quiet, "chat.disableAIFeatures": false }));
    await scene.workbench.reload();
    panel = await scene.workbench.panel();
    await startServer();
  });
  after(() => scene.close());

  it("UX32 its tool is off until it is turned on", async () => {
    scene.play({ text: "Nothing to call." });
    await ask(panel, "which tools do you have");
    await untilEnded(panel);
    assert.equal(offered().includes(name), false);
    await untilDescribed("Says when the tide is high.");
    await row().click();
    await scene.workbench.screenshot("mcp-configure");
    await scene.workbench.page.keyboard.press("Enter");
    await scene.workbench.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  });

  it("is not called where the user lets it on the card and not in the dialog that VS Code shows for it", async () => {
    scene.play(tideIn("Bergen"), { text: "Not confirmed." });
    await ask(panel, "when is high tide");
    const card = panel.locator("[data-approval]").first();
    await card.waitFor();
    assert.match(await card.innerText(), /MCP: harbour/);
    await card.getByRole("button", { name: "Allow Once" }).click();
    await scene.dialog.getByText("Run say-tide").waitFor();
    await scene.workbench.screenshot("mcp-dialog");
    await confirmInEditor("Cancel");
    await untilEnded(panel);
    assert.match(lastRequest(), /The user did not confirm mcp_harbour_say-tide/);
  });

  it("is called after consent in both", async () => {
    scene.play(tideIn("Bergen"), { text: "At five past two." });
    await ask(panel, "please confirm it");
    await panel.getByRole("button", { name: "More ways to allow" }).click();
    await panel
      .getByRole("menuitem", { name: /Always in this Workspace/ })
      .first()
      .click();
    await scene.press("Make Rule and Allow");
    await scene.dialog.getByText("Run say-tide").waitFor();
    await confirmInEditor("Yes");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /At five past two\./);
    assert.ok(offered().includes(name));
    assert.match(lastRequest(), /High tide in Bergen at 14:05\./);
  });

  it("is called without a card while it is the same", async () => {
    scene.play(tideIn("change"), { text: "Again." });
    await ask(panel, "once more");
    await confirmInEditor("Yes");
    await untilEnded(panel);
    assert.match(lastRequest(), /High tide in change at 14:05\./);
  });

  it("is asked about again once it describes itself differently, with what has changed", async () => {
    await untilDescribed("reads every key of yours");
    await scene.workbench.page.keyboard.press("Escape");
    scene.play(tideIn("Bergen"), { text: "Skipped." });
    await ask(panel, "and again");
    const card = panel.locator("[data-approval]").first();
    await card.waitFor();
    await scene.workbench.screenshot("mcp-changed");
    const text = await card.innerText();
    assert.match(text, /The tool has changed since you allowed it/);
    assert.match(text, /Says when the tide is high, and reads every key of yours\./);
    await card.getByRole("button", { name: "Skip", exact: true }).click();
    await untilEnded(panel);
  });

  function row(): Locator {
    return scene.workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: name });
  }

  async function startServer(): Promise<void> {
    const { page, runCommand } = scene.workbench;
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await runCommand("MCP: List Servers");
    await rows.filter({ hasText: "harbour" }).first().click();
    await rows.filter({ hasText: "Start Server" }).first().click();
  }

  /** Opens the list of tools until the one of the server stands there with this description; leaves it open. */
  async function untilDescribed(text: string): Promise<void> {
    const { page, runCommand } = scene.workbench;
    for (let looks = 0; looks < 15; looks++) {
      await runCommand("Outcrop: Configure Tools");
      await page.locator(".quick-input-title", { hasText: "Configure Tools" }).waitFor();
      await page.locator(".quick-input-widget input[type=text]").fill(name);
      const described = row().filter({ hasText: text });
      if (await comes(described, 2_000)) return;
      await page.keyboard.press("Escape");
    }
    assert.fail(`The tool is not described so: ${text}`);
  }

  /** What the tool's own `prepareInvocation` asks, in VS Code's dialog. */
  async function confirmInEditor(button: "Yes" | "Cancel"): Promise<void> {
    await scene.press(button);
    await scene.dialog.waitFor({ state: "hidden" });
  }

  function lastRequest(): string {
    return JSON.stringify(scene.emulator.requests.at(-1)?.body);
  }

  function offered(): readonly string[] {
    const { toolConfig } = Object(scene.emulator.requests.at(-1)?.body);
    const tools: readonly { readonly toolSpec?: { readonly name: string } }[] = toolConfig.tools;
    return tools.flatMap(({ toolSpec }) => toolSpec?.name ?? []);
  }
});
