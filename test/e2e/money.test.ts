import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { untilEqual } from "../support/until.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";
import { readWhenWritten, saveAs } from "./save-as.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

/** 0.33 dollars: 100,000 tokens at Claude Sonnet 4.5's 3.30 a million in a region. */
const dear = { inputTokens: 100_000, outputTokens: 0, totalTokens: 100_000 };
const small = { inputTokens: 1_516, outputTokens: 2, totalTokens: 1_518 };
const ours = { "outcrop.prices": { "our-*": { input: 10, output: 0 } } };
/** Waits for an answer on its card, and so keeps its turn going. */
const task = { name: "run_task", input: { label: "test" } };
const near = "This turn has cost $0.33 of the $0.40 allowed.";
const read = { name: "read_file", input: { path: "README.md" } };

describe("money in a real workbench", () => {
  let scene: SecurityScene;

  before(async () => {
    scene = await openSecurityScene({ settings: { "outcrop.maxTurnCost": 0.4, "outcrop.maxTokens": 256, ...ours } });
  });
  after(() => scene.close());

  const usageFrame = async (): Promise<Frame> => {
    const { page } = scene.workbench;
    await page.locator(".tab", { hasText: "Outcrop Usage" }).waitFor();
    for (;;) {
      for (const frame of page.frames()) if ((await frame.$(".usage").catch(() => null)) !== null) return frame;
      await page.waitForTimeout(100);
    }
  };
  const notifications = () => scene.workbench.page.locator(".notifications-center");
  const waiting = () => scene.panel.locator("[data-approval]");
  const skip = () => waiting().getByRole("button", { name: "Skip" }).click();
  const ledger = (): readonly Record<string, unknown>[] => {
    const storage = join(scene.workbench.globalStorage, "outcrop.outcrop", "usage");
    const lines = readdirSync(storage).flatMap((name) => readFileSync(join(storage, name), "utf8").split("\n"));
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  };

  it("shows what a turn cost beside its tokens, and how full the context is", async () => {
    scene.play({ text: "Small.", usage: small });
    await ask(scene.panel, "something small");
    await untilEnded(scene.panel);
    const details = lastAnswer(scene.panel).locator(".turn-details");
    assert.match((await details.textContent()) ?? "", /1,516 in2 out\$0\.005/);
    await scene.panel.getByRole("button", { name: /^Context 1 %$/ }).waitFor();
  });

  it("asks when most of the turn's cap is spent while the turn goes on, and no longer than that", async () => {
    scene.play({ toolUses: [task], usage: dear }, { text: "Done.", usage: small });
    await ask(scene.panel, "something dear");
    await waiting().waitFor();
    await lastAnswer(scene.panel).getByText(near).waitFor();
    await scene.workbench.runCommand("Notifications: Show Notifications");
    const question = notifications().locator(".notification-list-item-message", { hasText: near });
    await question.waitFor();
    assert.deepEqual(await question.locator("a").allTextContents(), ["Raise by $0.40", "Stop Turn"]);
    await scene.workbench.screenshot("near-cap");
    await skip();
    await untilEnded(scene.panel);
    await lastAnswer(scene.panel).getByText("Done.").waitFor();
    await question.waitFor({ state: "detached" });
  });

  it("pauses at the cap and sends nothing, and goes on where the user raises it in a dialog", async () => {
    scene.play(
      { toolUses: [read], usage: dear },
      { toolUses: [read], usage: dear },
      { text: "At last.", usage: small },
    );
    const before = scene.emulator.requests.length;
    await ask(scene.panel, "something too dear");
    await lastAnswer(scene.panel)
      .locator(".notice")
      .getByText(/pass this turn's cap of \$0\.40/)
      .waitFor();
    assert.equal(scene.emulator.requests.length - before, 2);
    await lastAnswer(scene.panel)
      .getByRole("button", { name: /Continue/ })
      .click();
    await scene.press("Continue");
    await lastAnswer(scene.panel).getByText("At last.").waitFor();
    await untilEnded(scene.panel);
  });

  it("opens the usage view from a turn's cost, with a chart of what was spent", async () => {
    await lastAnswer(scene.panel).locator(".cost-button").click();
    const view = await usageFrame();
    // No turn waits until its calls are on the disk.
    const spent = () => ledger().reduce((sum, { cost }) => sum + Number(cost), 0);
    await untilEqual(() => spent().toFixed(2), "1.01");
    await view.getByText("$1.01", { exact: true }).first().waitFor();
    const chart = view.getByRole("slider", { name: "Cost by day" });
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /: \$1\.01, 6 calls, 304,548 in, 6 out$/);
    assert.equal(await view.locator(".day-bar").last().getAttribute("height"), "100");
    await view.getByRole("button", { name: "7 days" }).click();
    await view.locator(".range[aria-pressed=true]", { hasText: "7 days" }).waitFor();
    await scene.workbench.screenshot("usage-view");
  });

  it("counts what comes in while the view is open", async () => {
    scene.play({ text: "More.", usage: small });
    await ask(scene.panel, "one more");
    await untilEnded(scene.panel);
    const view = await usageFrame();
    await view.getByRole("slider").and(view.locator("[aria-valuetext*='7 calls']")).waitFor();
  });

  it("exports a line a call, without a word of the chats", async () => {
    const { page, workspace, runCommand } = scene.workbench;
    const path = join(workspace, "usage.csv");
    await runCommand("Outcrop: Export Usage as CSV…");
    await page.locator(".quick-input-widget", { hasText: "Export Usage" }).locator(".quick-input-title").waitFor();
    await saveAs(page, path);
    const csv = await readWhenWritten(path);
    const [header, ...lines] = csv.trimEnd().split("\r\n");
    assert.match(header ?? "", /^time,day,session,model,region,endpoint,profile,input_tokens,/);
    assert.equal(lines.length, ledger().length);
    assert.match(
      lines[0] ?? "",
      /us\.anthropic\.claude-sonnet-4-5-20250929-v1:0,us-east-1,127\.0\.0\.1:\d+,,1516,2,0,0,0,0\.0050/,
    );
    for (const said of ["something small", "something dear", "At last", "parcel"])
      assert.equal(csv.includes(said), false);
    writeFileSync(path, "");
  });

  it("raises the cap, goes on, or stops the turn, as the question is answered", async () => {
    const answer = async (choice: string): Promise<void> => {
      await waiting().waitFor();
      await scene.workbench.runCommand("Notifications: Show Notifications");
      await notifications().locator("a", { hasText: choice }).click();
      await notifications().getByText(near).waitFor({ state: "detached" });
    };
    const goOn = async (said: string): Promise<void> => {
      await skip();
      await lastAnswer(scene.panel).getByText(said).waitFor();
      await untilEnded(scene.panel);
    };
    const first = { toolUses: [task], usage: dear };
    scene.play(first, { toolUses: [read], usage: dear }, { text: "Raised.", usage: small });
    await ask(scene.panel, "dear and raised");
    await answer("Raise by $0.40");
    await goOn("Raised.");
    scene.play(first, { text: "Went on.", usage: small });
    await ask(scene.panel, "dear and no more of it");
    await answer("Cancel");
    await goOn("Went on.");
    scene.play(first, { text: "Never said.", usage: small });
    await ask(scene.panel, "dear and stopped");
    await answer("Stop Turn");
    await untilEnded(scene.panel);
    assert.equal(await scene.panel.getByText("Never said.").count(), 0);
  });

  it("calls the cost of a model without a price unknown, and the user's own price makes it known", async () => {
    const file = join(scene.workbench.globalStorage, "..", "..", "Machine", "settings.json");
    const choose = async (model: string): Promise<void> => {
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), "outcrop.model": model }));
      await scene.panel.getByRole("button", { name: `Model: ${model}. Select another model` }).waitFor();
    };
    scene.play({ text: "One.", usage: small }, { text: "Two.", usage: small });
    await choose("their-model");
    await ask(scene.panel, "what does it cost");
    await untilEnded(scene.panel);
    await lastAnswer(scene.panel)
      .getByRole("button", { name: /^cost unknown\. / })
      .waitFor();
    await choose("our-model");
    await ask(scene.panel, "and now");
    await untilEnded(scene.panel);
    const known = /^\$0\.015\. This chat so far: .* \+ 1 call of unknown cost, your prices\. Show usage$/;
    await lastAnswer(scene.panel).getByRole("button", { name: known }).waitFor();
  });
});
