import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Frame, Page } from "playwright-core";
import { until, untilEqual } from "../support/until.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, composerHasFocus, firstSightOf, lastAnswer, recordGrowth, toolRows, untilEnded } from "./panel-page.ts";

const question = "where is the retry delay computed, and do the tests pass?";

describe("the main job in a real workbench, through the demo model", () => {
  let workbench: Workbench;
  let panel: Frame;
  before(async () => {
    // A title comes behind the turn, and its tokens are counted to it: what is compared below would change meanwhile.
    workbench = await openWorkbench({
      settings: { "outcrop.chatTitles": "off", "workbench.secondarySideBar.defaultVisibility": "hidden" },
    });
  });
  after(() => workbench.close());

  it("UX4 nothing of the extension runs before its view is opened", async () => {
    // Git's branch in the status bar: what VS Code starts by itself has been started.
    await workbench.page.locator(".statusbar-item", { hasText: "main" }).first().waitFor();
    const before = await runningExtensions(workbench, "git");
    assert.equal(before.includes("outcrop"), false, before.join(", "));
    panel = await workbench.panel();
    await panel.locator(".empty-state").waitFor();
    await runningExtensions(workbench, "outcrop");
  });

  it("UX1 the view is in the secondary side bar, and wherever it is moved to", async () => {
    const { page } = workbench;
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await untilInside(page, ".part.auxiliarybar");
    await workbench.runCommand("View: Move View");
    await page.getByPlaceholder("Select a View to Move").fill("Chat");
    await rows.filter({ hasText: "Chat" }).first().click();
    await rows.filter({ hasText: "New Side Bar Entry" }).click();
    await untilInside(page, ".part.sidebar");
    await workbench.runCommand("View: Reset View Locations");
    await untilInside(page, ".part.sidebar", false);
    await workbench.panel();
    await untilInside(page, ".part.auxiliarybar");
    // Not before: the page that was in the side bar may still have been there.
    panel = await workbench.panel();
  });

  it("UX3 the view's title has New Chat, Show Chats, Settings and the menu of the rest", async () => {
    const icons = workbench.page.locator(".part.auxiliarybar .title-actions").getByRole("button");
    await untilEqual(
      () => icons.evaluateAll((all) => all.map((icon) => icon.getAttribute("aria-label") ?? "")),
      ["New Chat", "Show Chats…", "Settings", "Views and More Actions..."],
    );
    await icons.last().click();
    const rest = workbench.page.locator(".monaco-menu");
    for (const name of ["Show Usage", "Rename Chat"]) await rest.getByText(name).first().waitFor();
    await workbench.page.keyboard.press("Escape");
    await rest.waitFor({ state: "detached" });
  });

  it("opens on an empty chat that says it is the demo, and a suggestion fills the composer", async () => {
    await panel.getByText("Demo model: scripted, no AI").waitFor();
    await panel.getByRole("button", { name: "Run the tests" }).click();
    assert.equal(await panel.locator("textarea").inputValue(), "Run the tests");
    assert.equal(await panel.locator(".prompt").count(), 0);
    await panel.locator("textarea").fill("");
  });

  it("streams, shows the tools in order, asks for the task and answers from the results", async () => {
    const growth = await recordGrowth(panel);
    await ask(panel, question);
    const card = panel.locator("[data-approval]");
    await card.waitFor();
    assert.deepEqual(await toolRows(panel), [
      ['Searched for "retry[-_. ]?delay", 9 results in 5 files', "Done"],
      ["Read src/http/retry-delay.ts, lines 1–11 of 11", "Done"],
      ['Run task "test"', "Waiting for you"],
    ]);
    assert.match(await card.innerText(), /Run task "test"\?[\s\S]*node --test --test-reporter=spec/);
    await card.getByRole("button", { name: "Allow Once" }).click();
    await untilEnded(panel);

    assert.deepEqual((await toolRows(panel)).at(-1), ['Ran task "test", exit code 1', "Done"]);
    const answer = await lastAnswer(panel).innerText();
    assert.match(answer, /src\/http\/retry-delay\.ts:8/);
    assert.match(answer, /2 \*\* \(attempt - 1\)/);
    assert.match(answer, /exit code 1/);
    const lengths = await growth();
    assert.ok(lengths.length >= 20, `The answer came in ${lengths.length} paints.`);
    assert.deepEqual(
      lengths,
      lengths.toSorted((left, right) => left - right),
    );
  });

  it("unfolds a tool's input and output", async () => {
    await panel.locator(".work-header").last().click();
    const row = panel.locator(".tool").first();
    await row.getByRole("button").first().click();
    assert.match(await row.innerText(), /Input[\s\S]*"pattern"[\s\S]*Output[\s\S]*src\/http\/retry-delay\.ts/);
    await row.getByRole("button").first().click();
    await panel.locator(".work-header").last().click();
  });

  it("shows the transcript again after the view was hidden and shown", async () => {
    const before = await lastAnswer(panel).innerText();
    await workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
    await workbench.page.locator(".part.auxiliarybar").waitFor({ state: "hidden" });
    await workbench.runCommand("Outcrop: Focus Chat");
    panel = await workbench.panel();
    // What an answer has used comes after its first paint.
    await untilEqual(() => lastAnswer(panel).innerText(), before);
  });

  it("has the transcript back after a reload of the page, and goes on from there", async () => {
    const shown = async () => ({ answer: await lastAnswer(panel).innerText(), tools: await toolRows(panel) });
    const before = await shown();
    await workbench.reload();
    panel = await workbench.panel();
    await untilEqual(shown, before);
    await ask(panel, "hello");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /demo/i);
  });

  it("UX73 skips a task with a reason, which the model gets", async () => {
    await ask(panel, "run the tests");
    const card = panel.locator("[data-approval]");
    await card.waitFor();
    await card.getByPlaceholder("Reason for skipping").fill("they take too long");
    await card.getByRole("button", { name: "Skip" }).click();
    await untilEnded(panel);
    assert.deepEqual((await toolRows(panel)).at(-1)?.[1], "Skipped");
  });

  it("UX16 UX73 stops in the middle of an answer, says so, and the next prompt works", async () => {
    await stopAtFirstWords(panel);
    await ask(panel, "slow answer");
    await lastAnswer(panel).getByText("Canceled").waitFor();
    await ask(panel, "read README.md");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /README\.md/);
  });

  it("shows a retry and recovers when the model is throttled", async () => {
    const row = await firstSightOf(panel, ".notice-warning");
    await ask(panel, "show throttling");
    await untilEnded(panel);
    assert.match((await row())?.text ?? "", /Throttled by Bedrock/);
    assert.match(await lastAnswer(panel).innerText(), /2 retries/);
  });

  it("recalls the last prompt with ArrowUp", async () => {
    await panel.locator("textarea").press("ArrowUp");
    assert.equal(await panel.locator("textarea").inputValue(), "show throttling");
    await panel.locator("textarea").fill("");
  });

  it("attaches the editor's selection and sends it with the question", async () => {
    await workbench.runCommand("Go to File...");
    await workbench.page.getByPlaceholder("Search files by name").fill("src/round.ts");
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "round.ts" }).first().click();
    await workbench.page.locator('.monaco-editor[data-uri$="/src/round.ts"] .view-lines').first().click();
    await workbench.page.keyboard.press("Control+a");
    await workbench.runCommand("Outcrop: Add to Chat");
    await panel.locator(".composer .chip", { hasText: /^round\.ts:1/ }).waitFor();
    await composerHasFocus(panel);
    await ask(panel, "what is this?");
    await untilEnded(panel);
    assert.match(await panel.locator(".prompt").last().innerText(), /round\.ts:1/);
  });

  it("starts a new chat that is empty", async () => {
    await workbench.runCommand("Outcrop: New Chat");
    await panel.locator(".empty-state").waitFor();
    assert.equal(await panel.locator(".prompt").count(), 0);
  });
});

/**
 * The names in VS Code's list of what was activated, once the list is whole and `awaited` is in it: it is brought up to date a
 * moment after something was activated, and a workbench that still opens its parts may close it again. A row is there only
 * where it is in sight, so the list is seen from its top and from its end.
 */
async function runningExtensions({ page, runCommand }: Workbench, awaited: string): Promise<readonly string[]> {
  const rows = page.locator(".runtime-extensions-editor .monaco-list-row");
  let names: readonly string[] = [];
  await until(`${awaited} is in the whole list of running extensions`, async () => {
    if ((await rows.count()) === 0) await runCommand("Developer: Show Running Extensions");
    const seen = new Set<string>();
    let size = 0;
    for (const key of ["Home", "End"]) {
      await rows
        .first()
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      await page.keyboard.press(key);
      const listed = await rows.evaluateAll((all) => all.map((row) => [row.ariaLabel ?? "", row.ariaSetSize] as const));
      for (const [name] of listed) seen.add(name);
      size = Number(listed[0]?.[1]);
    }
    names = [...seen];
    return names.includes(awaited) && names.length === size;
  });
  await runCommand("View: Close All Editors");
  await rows.first().waitFor({ state: "detached" });
  return names;
}

/** Webviews are not within a part of the workbench but laid over it. */
async function untilInside(page: Page, part: string, wanted = true): Promise<void> {
  await page.waitForFunction(
    ([selector, isWanted]) => {
      const outer = document.querySelector(selector)?.getBoundingClientRect();
      const inner = document.querySelector("iframe.webview")?.getBoundingClientRect();
      if (outer === undefined || inner === undefined || inner.width === 0) return !isWanted;
      const isInside =
        inner.left >= outer.left &&
        inner.right <= outer.right &&
        inner.top >= outer.top &&
        inner.bottom <= outer.bottom;
      return isInside === isWanted;
    },
    [part, wanted] as const,
  );
}

/** Presses Stop in the page itself, when the next answer has begun: from outside it may be over by then. */
async function stopAtFirstWords(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    const observer = new MutationObserver(() => {
      const stop = document.querySelector<HTMLElement>('button[aria-label="Stop"]');
      const words = document.querySelector(".answer:not(:has(.turn-footer)) .markdown")?.textContent ?? "";
      if (stop === null || words === "") return;
      observer.disconnect();
      stop.click();
    });
    observer.observe(document.body, { characterData: true, childList: true, subtree: true });
  });
}
