import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { comes } from "../support/comes.ts";
import { until, untilEqual, untilMatches } from "../support/until.ts";
import { keptTexts } from "./kept-texts.ts";
import { answerByKey, ask, lastAnswer, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const question = {
  name: "ask_user",
  input: { question: "Which database?", options: [{ label: "PostgreSQL" }, { label: "SQLite" }] },
};
const prompts = (panel: Frame): Promise<readonly string[]> => panel.locator(".prompt-bubble").allTextContents();

describe("chats in a real workbench", () => {
  let scene: SecurityScene;
  before(async () => {
    scene = await openSecurityScene();
  });
  after(() => scene.close());

  const frame = () => scene.workbench.panel();
  const rows = () => scene.workbench.page.locator(".quick-input-list .monaco-list-row");
  const badge = () => scene.workbench.page.locator(".part.auxiliarybar .composite-bar .badge-content").first();
  /** Picks a chat of the list by its title. */
  const pickChat = async (title: string) => {
    await scene.workbench.runCommand("Outcrop: Show Chats");
    await rows().filter({ hasText: title }).first().click();
  };

  it("UX8 UX9 UX62 goes on with what waits behind a new chat, says so, and shows it again", async () => {
    scene.play({ toolUses: [question] }, { text: "Second chat." }, { text: "SQLite it is." });
    await ask(scene.panel, "set up the database");
    await scene.panel.locator("[data-question]").waitFor();
    await scene.workbench.runCommand("Outcrop: New Chat");
    const panel = await frame();
    await panel.locator(".prompt").waitFor({ state: "detached" });
    await untilEqual(() => badge().textContent(), "1");
    await ask(panel, "hello there");
    await lastAnswer(panel).getByText("Second chat.").waitFor();
    await scene.workbench.screenshot("hidden-chat-waits");
    await scene.workbench.runCommand("Outcrop: Show Chats");
    await rows().filter({ hasText: "set up the database" }).first().waitFor();
    await scene.workbench.screenshot("chats");
    await rows().filter({ hasText: "set up the database" }).first().click();
    await panel.locator("[data-question]").waitFor();
    assert.deepEqual(await prompts(panel), ["set up the database"]);
    await answerByKey(panel, "2");
    await lastAnswer(panel).getByText("SQLite it is.").waitFor();
    await untilEnded(panel);
    const requests = scene.emulator.requests.length;
    await pickChat("hello there");
    await lastAnswer(panel).getByText("Second chat.").waitFor();
    assert.equal(scene.emulator.requests.length, requests);
  });

  it("UX8 an answer goes on while the view is hidden, and all of it is there once when that is shown again", async () => {
    const { page } = scene.workbench;
    const words = Array.from({ length: 40 }, (_, index) => `word ${index + 1}`);
    const { length } = scene.emulator.requests;
    const endedAt = () => scene.emulator.requests[length]?.endedAt;
    // Slow enough to be going on when the view is hidden.
    scene.play({ text: words.map((word) => `${word}\n\n`), tokensPerSecond: 3 });
    let panel = await frame();
    await ask(panel, "say many words");
    await lastAnswer(panel).getByText("word 1", { exact: true }).waitFor();
    await page.keyboard.press("Control+Alt+b");
    await page.locator(".part.auxiliarybar").waitFor({ state: "hidden" });
    assert.equal(endedAt(), undefined);
    while (endedAt() === undefined) await page.waitForTimeout(50);
    await scene.workbench.runCommand("Outcrop: Focus Chat");
    panel = await frame();
    await lastAnswer(panel).getByText("word 40", { exact: true }).waitFor();
    await untilEnded(panel);
    assert.deepEqual(await lastAnswer(panel).locator(".markdown p").allTextContents(), words);
  });

  it("UX9 a badge says that a turn runs, until it has ended", async () => {
    const panel = await frame();
    const running = scene.workbench.page.locator(".part.auxiliarybar").getByRole("tab", { name: /1 chat running/ });
    scene.play({ text: ["Half of", " it."], fault: { kind: "stall", afterEvents: 2 } });
    await ask(panel, "say a little");
    await lastAnswer(panel).getByText("Half of").waitFor();
    await running.waitFor();
    assert.equal(await badge().textContent(), "1");
    await panel.getByRole("button", { name: /^Stop/ }).click();
    await lastAnswer(panel).getByText("Canceled").first().waitFor();
    await running.waitFor({ state: "detached" });
  });

  it("UX17 UX18 queues a prompt while an answer runs, and sends it when that is complete", async () => {
    const panel = await frame();
    scene.play({ toolUses: [question] }, { text: "First." }, { text: "Second." });
    await ask(panel, "first question");
    await panel.locator("[data-question]").waitFor();
    await panel.locator(".composer-input").fill("and then this");
    await panel.locator(".composer-input").press("Alt+Enter");
    await panel.locator(".queue-row").waitFor();
    await scene.workbench.screenshot("queued");
    await answerByKey(panel, "1");
    await lastAnswer(panel).getByText("Second.").waitFor();
    await untilEnded(panel);
    assert.deepEqual((await prompts(panel)).slice(-2), ["first question", "and then this"]);
    assert.equal(await panel.locator(".queue-row").count(), 0);
  });

  it("UX17 steers the running turn: the model gets the prompt with the results", async () => {
    const panel = await frame();
    scene.play({ toolUses: [question] }, { text: "As you say." });
    await ask(panel, "choose one");
    await panel.locator("[data-question]").waitFor();
    await panel.locator(".composer-input").fill("prefer what is small");
    await panel.locator(".composer-input").press("Enter");
    await panel.locator(".queue-row").waitFor();
    await answerByKey(panel, "2");
    await lastAnswer(panel).getByText("As you say.").waitFor();
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).locator(".steered").innerText(), /prefer what is small/);
    const body = JSON.stringify(scene.emulator.requests.at(-1)?.body);
    assert.match(body, /"toolResult".*prefer what is small/);
  });

  it("UX52 edits a prompt and sends it again, after a question", async () => {
    const panel = await frame();
    scene.play({ text: "Another answer." });
    const count = (await prompts(panel)).length;
    await panel.locator(".prompt-bubble").last().press("Enter");
    await panel.locator(".prompt-editor textarea").fill("choose neither");
    await panel.locator(".prompt-editor textarea").press("Enter");
    await scene.press("Send");
    await lastAnswer(panel).getByText("Another answer.").waitFor();
    await untilEnded(panel);
    const now = await prompts(panel);
    assert.deepEqual([now.length, now.at(-1)], [count, "choose neither"]);
  });

  it("UX91 forks from a prompt: the new chat has what came before it, the prompt is in the composer", async () => {
    const panel = await frame();
    const before = await prompts(panel);
    await panel.getByRole("button", { name: "Fork Conversation" }).last().click();
    await untilEqual(() => prompts(panel), before.slice(0, -1));
    await panel.waitForFunction(() => document.querySelector<HTMLTextAreaElement>(".composer-input")?.value !== "");
    assert.equal(await panel.locator(".composer-input").inputValue(), "choose neither");
  });

  /** The extension's memory, as VS Code has written it into the browser's storage. */
  const writtenMemory = async (): Promise<string> => {
    const kept = await keptTexts(scene.workbench);
    const memories = [...kept].filter(([place]) => place.endsWith(" outcrop.outcrop"));
    return memories.map(([, text]) => text.replaceAll('\\"', '"')).join("\n");
  };

  it("UX7 shows the same chat at the same place, with its draft, after the window was loaded again", async () => {
    const before = await prompts(await frame());
    await (await frame()).locator(".transcript").evaluate((element) => element.scrollTo(0, 120));
    // The host is told of both a moment later, and VS Code writes its memory a moment after that.
    const draftAndPlace =
      /^(?=.*\{"session":"([\w-]+)","text":"choose neither"\}).*"outcrop\.place":\{"session":"\1","place":\{/s;
    await untilMatches(writtenMemory, draftAndPlace);
    await scene.workbench.reload();
    const panel = await frame();
    await untilEqual(() => prompts(panel), before);
    await untilEqual(() => panel.locator(".composer-input").inputValue(), "choose neither");
    await untilEqual(() => panel.locator(".transcript").evaluate((element) => element.scrollTop), 120);
  });

  it("UX62 finds a chat by what is typed, renames and archives it, and deletes it only after a question", async () => {
    const { page } = scene.workbench;
    /** The list is built anew a moment after a search and after a dialog: a press that meets that is lost, and done again. */
    const press = async (title: string, button: string, effect: Locator) => {
      const row = rows().filter({ hasText: title }).first();
      await until(`“${button}” has its effect`, async () => {
        if (await effect.isVisible()) return true;
        await row.hover();
        await row.getByRole("button", { name: button, exact: true }).click();
        return comes(effect, 10_000);
      });
    };
    const question = scene.dialog.getByText("Delete this chat?");
    const { length } = scene.emulator.requests;
    await scene.workbench.runCommand("Outcrop: Show Chats");
    await rows().filter({ hasText: "hello there" }).first().waitFor();
    await page.getByPlaceholder("Search by title or prompt").fill("database");
    await rows().filter({ hasText: "hello there" }).waitFor({ state: "detached" });
    assert.equal(await rows().count(), 1);
    await press("set up the database", "Rename…", page.locator(".quick-input-title", { hasText: "Rename Chat" }));
    await page.locator(".quick-input-widget input[type=text]").fill("Storage");
    await page.keyboard.press("Enter");
    const unarchive = rows().filter({ hasText: "Storage" }).getByRole("button", { name: "Unarchive" });
    await press("Storage", "Archive", unarchive);
    await press("Storage", "Delete…", question);
    await scene.press("Cancel");
    await press("Storage", "Delete…", question);
    await scene.press("Delete");
    await rows().filter({ hasText: "Storage" }).waitFor({ state: "detached" });
    await page.getByPlaceholder("Search by title or prompt").fill("");
    await rows().filter({ hasText: "hello there" }).first().waitFor();
    assert.equal(await rows().filter({ hasText: "Storage" }).count(), 0);
    await page.keyboard.press("Escape");
    assert.equal(scene.emulator.requests.length, length);
  });

  it("UX61 shows an exported chat in an editor before it is saved", async () => {
    await scene.workbench.runCommand("Outcrop: Export Chat");
    const { page } = scene.workbench;
    await page.locator(".quick-input-title", { hasText: "Export Chat" }).waitFor();
    await rows().filter({ hasText: "JSON" }).first().click();
    await page.locator(".editor-instance .view-lines").getByText('"outcrop"').waitFor();
    await page.locator(".tabs-container .tab").filter({ hasText: "Untitled" }).waitFor();
  });
});
