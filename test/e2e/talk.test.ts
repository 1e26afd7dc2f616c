import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { untilEqual } from "../support/until.ts";
import { answerByKey, ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const plan = (first: string, second: string) => ({
  name: "update_plan",
  input: {
    items: [
      { text: "Choose a database", status: first },
      { text: "Set it up", status: second },
    ],
  },
});
const question = {
  name: "ask_user",
  input: {
    question: "Which database?",
    options: [{ label: "PostgreSQL", description: "As in production." }, { label: "SQLite" }],
  },
};

describe("talking, modes and tools in a real workbench", () => {
  let scene: SecurityScene;
  before(async () => {
    scene = await openSecurityScene();
  });
  after(() => scene.close());

  const frame = () => scene.workbench.panel();
  /** What the last request said, as JSON text, and the tools that it offered. */
  const last = (): { readonly text: string; readonly tools: readonly string[] } => {
    const text = JSON.stringify(scene.emulator.requests.at(-1)?.body);
    return { text, tools: [...text.matchAll(/"toolSpec":\{"name":"(\w+)"/g)].map(([, name = ""]) => name) };
  };

  it("ticks a plan off, and takes the answer to a question that was still there after the view was hidden", async () => {
    scene.play(
      { toolUses: [plan("in_progress", "pending"), question] },
      { toolUses: [plan("done", "in_progress")] },
      { toolUses: [plan("done", "done")] },
      { text: "SQLite it is." },
    );
    await ask(scene.panel, "set up the database");
    await scene.panel.locator("[data-question]").waitFor();
    const planNow = () => scene.panel.locator(".plan-now").textContent();
    await untilEqual(planNow, "Todos (0/2) · Now: Choose a database");
    await scene.workbench.screenshot("question");

    await scene.workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
    await scene.workbench.page.locator(".part.auxiliarybar").waitFor({ state: "hidden" });
    await scene.workbench.runCommand("Outcrop: Focus Chat");
    const panel = await frame();
    await panel.locator("[data-question]").waitFor();
    assert.equal(await panel.locator(".plan-now").textContent(), "Todos (0/2) · Now: Choose a database");
    await answerByKey(panel, "2");
    await lastAnswer(panel).getByText("SQLite it is.").waitFor();
    await untilEnded(panel);
    assert.equal(await panel.locator(".plan-now").textContent(), "Todos (2/2) · All done");
    assert.deepEqual(await toolRows(panel), [
      ["Updated the plan, 0 of 2 done", "Done"],
      ["Asked: Which database? SQLite", "Done"],
      ["Updated the plan, 1 of 2 done", "Done"],
      ["Updated the plan, 2 of 2 done", "Done"],
    ]);
    assert.match(last().text, /The user chose: SQLite/);
    await panel.locator(".plan button").click();
    await scene.workbench.screenshot("plan");
  });

  it("asks a question again that waited when the window was reloaded", async () => {
    scene.play({ toolUses: [question] }, { text: "PostgreSQL, then." });
    await ask(await frame(), "and the database of the tests?");
    await (await frame()).locator("[data-question]").waitFor();
    const { length } = scene.emulator.requests;

    await scene.workbench.reload();
    const panel = await frame();
    await panel.locator("[data-question]").waitFor();
    assert.equal(scene.emulator.requests.length, length);
    await scene.workbench.screenshot("question-reloaded");
    await answerByKey(panel, "1");
    await lastAnswer(panel).getByText("PostgreSQL, then.").waitFor();
    await untilEnded(panel);
    assert.match(last().text, /The user chose: PostgreSQL/);
  });

  it("lets a question go with Stop", async () => {
    const panel = await frame();
    scene.play({ toolUses: [question] });
    await ask(panel, "and the cache?");
    await panel.locator("[data-question]").waitFor();
    await panel.getByRole("button", { name: /^Stop/ }).click();
    await lastAnswer(panel).getByText("Canceled").first().waitFor();
    await untilEnded(panel);
    assert.equal(await panel.locator("[data-question]").count(), 0);
  });

  it("offers no tool that has an effect in Ask mode, which the chat keeps over a reload", async () => {
    let panel = await frame();
    scene.play({ text: "Asked." }, { text: "Asked again." }, { text: "Agent again." });
    await panel.getByRole("button", { name: /^Mode: Agent/ }).click();
    await scene.workbench.screenshot("modes");
    await panel.getByRole("menuitemradio", { name: /^Ask/ }).click();
    await panel.getByRole("button", { name: /^Mode: Ask/ }).waitFor();
    await ask(panel, "what is here?");
    await lastAnswer(panel).getByText("Asked.").waitFor();
    await untilEnded(panel);
    const reading = last().tools;
    assert.deepEqual(
      ["search_files", "read_file", "ask_user", "update_plan"].filter((tool) => !reading.includes(tool)),
      [],
    );
    const acting = ["edit_file", "write_file", "run_task", "run_command"];
    assert.deepEqual(
      acting.filter((tool) => reading.includes(tool)),
      [],
    );

    await scene.workbench.reload();
    panel = await frame();
    await panel.getByRole("button", { name: /^Mode: Ask/ }).waitFor();
    await ask(panel, "and now?");
    await lastAnswer(panel).getByText("Asked again.").waitFor();
    await untilEnded(panel);
    assert.deepEqual(last().tools, reading);

    await scene.workbench.runCommand("Outcrop: Switch Between Agent and Ask");
    await panel.getByRole("button", { name: /^Mode: Agent/ }).waitFor();
    await ask(panel, "do it");
    await lastAnswer(panel).getByText("Agent again.").waitFor();
    await untilEnded(panel);
    assert.deepEqual(
      acting.filter((tool) => !last().tools.includes(tool)),
      [],
    );
  });

  /** VS Code writes a setting in its own time. */
  const untilWritten = async (setting: string): Promise<void> => {
    const settings = join(scene.workbench.globalStorage, "..", "settings.json");
    while (!readFileSync(settings, "utf8").includes(`"${setting}"`)) await delay(50);
  };

  it("UX32 leaves out what is turned off in the list of tools, for this chat and then for all", async () => {
    const panel = await frame();
    const { page } = scene.workbench;
    const row = (name: string) => page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
    scene.play({ text: "Fewer." });
    await panel.getByRole("button", { name: "Configure Tools…" }).click();
    // The list shows only the rows that there is room for.
    await page.locator(".quick-input-widget input[type=text]").fill("Built-in: Run");
    await row("Built-in: Run").locator("input, .monaco-checkbox").first().click();
    await page.locator(".quick-input-widget input[type=text]").fill("");
    await scene.workbench.screenshot("configure-tools");
    await page.getByRole("button", { name: "OK" }).click();
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await ask(panel, "with fewer?");
    await lastAnswer(panel).getByText("Fewer.").waitFor();
    await untilEnded(panel);
    const { tools } = last();
    assert.deepEqual(
      [tools.includes("run_task"), tools.includes("run_command"), tools.includes("write_file")],
      [false, false, true],
    );

    await panel.getByRole("button", { name: "Configure Tools…" }).click();
    await row("Built-in: Find and read").waitFor();
    await page.getByRole("button", { name: /^Use for All Chats/ }).click();
    await untilWritten("outcrop.tools");
    scene.emulator.setScript({ replies: [{ text: "Fewer for all." }], repeatLast: true });
    // What is in the file counts once VS Code has read it again.
    await untilEqual(async () => {
      await scene.workbench.runCommand("Outcrop: New Chat");
      await panel.locator(".empty-state").waitFor();
      await ask(panel, "and in another chat?");
      await lastAnswer(panel).getByText("Fewer for all.").waitFor();
      await untilEnded(panel);
      return last().tools;
    }, tools);
  });
});
