import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { after, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { comes } from "../support/comes.ts";
import { until, untilEqual } from "../support/until.ts";
import { writeTree } from "../support/write-tree.ts";
import { dropIntoPanel, explorerRow } from "./drop-into-panel.ts";
import { keptTexts } from "./kept-texts.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("the context of a prompt in a real workbench", () => {
  let scene: SecurityScene;
  let pages: Server;
  let address = "";
  before(async () => {
    scene = await openSecurityScene();
    pages = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Carriers</h1><p>Two of them are slow.</p>");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => pages.once("listening", resolve));
    const bound = pages.address();
    address = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}/carriers`;
  });
  after(async () => {
    pages.close();
    await scene.close();
  });

  const composer = (): Locator => scene.panel.locator(".composer-input");
  const chips = (): Locator => scene.panel.locator(".composer .chip");
  const body = (): string => JSON.stringify(scene.emulator.requests.at(-1)?.body);
  const send = async (prompt: string): Promise<string> => {
    scene.play({ text: "Seen." });
    await ask(scene.panel, prompt);
    await lastAnswer(scene.panel).getByText("Seen.").waitFor();
    await untilEnded(scene.panel);
    return body();
  };
  const openEditor = async (path: string): Promise<void> => {
    const { page } = scene.workbench;
    await scene.workbench.runCommand("Go to File...");
    await page.locator(".quick-input-widget input[type=text]").fill(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
    await page
      .getByRole("tab", { name: new RegExp(name) })
      .first()
      .waitFor();
  };

  it("UX20 UX21 UX23 a file is found by a part of its name, has a chip, and its lines go with the prompt", async () => {
    await composer().focus();
    await composer().pressSequentially("where is the cap in #retrydel");
    // The one that Enter takes: what was found for fewer letters stands until the answer is there.
    await scene.panel.getByRole("option", { name: /^retry-delay\.ts/, selected: true }).waitFor();
    await scene.workbench.screenshot("mention");
    await composer().press("Enter");
    assert.match(await composer().inputValue(), /#retry-delay\.ts $/);
    await chips().getByText("retry-delay.ts").waitFor();
    scene.play({ text: "Seen." });
    await composer().press("Enter");
    await lastAnswer(scene.panel).getByText("Seen.").waitFor();
    await untilEnded(scene.panel);
    assert.match(body(), /Attached file: src\/http\/retry-delay\.ts:/);
    assert.match(body(), /retry-delay\.ts \(lines 1-11 of 11\)/);
    await scene.panel
      .locator(".prompt-chips")
      .getByRole("button", { name: /attached file/ })
      .click();
    await scene.workbench.page
      .getByRole("tab", { name: /retry-delay\.ts/ })
      .first()
      .waitFor();
  });

  it("UX21 what is open comes first, and symbols are found when their language has started", async () => {
    await composer().focus();
    await composer().pressSequentially("#");
    await scene.panel.getByRole("option").first().getByText("retry-delay.ts").waitFor();
    await composer().fill("");
    await composer().pressSequentially("#retryDelay");
    await scene.panel
      .getByRole("option", { name: /function in retry-delay\.ts/ })
      .first()
      .waitFor();
    await composer().press("Escape");
    await composer().fill("");
  });

  it("UX22 Add Context… opens VS Code's own list, and what is picked in it is attached", async () => {
    const { page } = scene.workbench;
    await writeTree(scene.workbench.workspace, { "src/round.ts": "export const changed = true;\n" });
    await scene.panel.getByRole("button", { name: "Add Context…" }).click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Changes" }).first().waitFor();
    await scene.workbench.screenshot("add-context");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Changes" }).first().click();
    await chips().getByText("Changes").waitFor();
    const rows = page.locator(".quick-input-list .monaco-list-row");
    // The composer gets the focus back a moment after the first list, which closes one that is open by then.
    await until("the list of files is there", async () => {
      await composer().press("Control+/");
      await rows
        .filter({ hasText: "Files…" })
        .first()
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      return comes(page.locator(".quick-input-title", { hasText: "Attach Files" }), 5_000);
    });
    await page.locator(".quick-input-widget input[type=text]").fill("adding-a");
    // Until the host has looked, the row is at its place among all files, which then is another's.
    await untilEqual(() => rows.count(), 1);
    await rows.filter({ hasText: "adding-a-carrier.md" }).click();
    await chips().getByText("adding-a-carrier.md").waitFor();
    const sent = await send("what did I change?");
    assert.match(sent, /\+export const changed = true;/);
    assert.match(sent, /Attached file: docs\/adding-a-carrier\.md/);
  });

  it("UX24 the active file is suggested and sent only when its chip was pressed; a selection is sent unless it was", async () => {
    await openEditor("src/config.ts");
    const suggested = scene.panel.getByRole("button", { name: "config.ts, the active editor" });
    await suggested.waitFor();
    assert.doesNotMatch(await send("one"), /Attached file: src\/config\.ts/);
    await suggested.click();
    await scene.panel.locator(".chip-implicit[aria-pressed=true]").waitFor();
    await scene.workbench.screenshot("implicit-context");
    assert.match(await send("two"), /Attached file: src\/config\.ts/);
    await scene.workbench.page.locator(".monaco-editor .view-lines").first().click();
    await scene.workbench.page.keyboard.press("Control+a");
    await scene.panel.getByRole("button", { name: /^config\.ts:1-\d+, selection in the active editor/ }).waitFor();
    assert.match(await send("three"), /Selection from src\/config\.ts, lines 1 to/);
    await scene.workbench.runCommand("View: Close All Editors");
    await scene.panel.locator(".chip-implicit").waitFor({ state: "detached" });
  });

  it("C04 keys are not attached, whoever asks: the chip says why, and nothing of them is sent", async () => {
    await writeTree(scene.workbench.workspace, { id_rsa: "not-to-be-sent" });
    await scene.forge({ type: "attach", id: "forged", reference: { kind: "file", path: "id_rsa" } });
    await chips().getByText("not sent").waitFor();
    assert.match(
      (await scene.panel.locator(".composer .chip-refused").getAttribute("title")) ?? "",
      /holds keys or credentials/,
    );
    assert.doesNotMatch(await send("what is in it?"), /not-to-be-sent/);
    assert.match(await scene.panel.locator(".prompt").last().innerText(), /id_rsa\s+not sent/);
  });

  it("UX27 a pasted image goes with the prompt as an image", async () => {
    await composer().evaluate((element, data) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], "shot.png", { type: "image/png" }));
      element.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
    }, png);
    await chips().getByText("shot.png").waitFor();
    assert.match(await send("what is this?"), /"image":\{"format":"png"/);
  });

  it("UX26 a file that is dragged from the Explorer with Shift is attached", async () => {
    // A file that was just made comes into the list late, and moves the others under the hand.
    await explorerRow(scene.workbench.page, "id_rsa").waitFor();
    await dropIntoPanel(scene.workbench, scene.panel, "README.md");
    await untilEqual(
      () => scene.panel.locator(".composer .chip:not(:has(.icon-loading))").allInnerTexts(),
      ["README.md"],
    );
    assert.match(await send("what does that file say?"), /Attached file: README\.md/);
  });

  it("UX20 a page is fetched only after the user said so in VS Code's own dialog", async () => {
    await composer().fill("");
    await composer().pressSequentially(`#${address}`);
    await scene.panel.getByRole("option", { name: /^Page http/ }).waitFor();
    await composer().press("Enter");
    await scene.dialog.waitFor();
    assert.match(await scene.dialog.innerText(), /Fetch a page from 127\.0\.0\.1:\d+ and attach its text\?/);
    await scene.press("Attach");
    await scene.panel.locator(".composer .chip:not(:has(.icon-loading))").getByText("/carriers").waitFor();
    await composer().fill("");
    assert.match(await send("which are slow?"), /# Carriers\\nTwo of them are slow\./);
  });

  it("F11 UX33 the repository's instructions and prompt files are used, and shown where they are", async () => {
    await writeTree(scene.workbench.workspace, {
      "AGENTS.md": "Write in the active voice.\n",
      ".github/prompts/review.prompt.md": "---\ndescription: Reviews a change\n---\nLook for missing tests.\n",
    });
    await composer().pressSequentially("/rev");
    await scene.panel
      .getByRole("option", { name: /\/review/ })
      .getByText("Reviews a change")
      .waitFor();
    await composer().press("Tab");
    assert.equal(await composer().inputValue(), "/review ");
    const sent = await send("/review the parser");
    assert.match(sent, /Look for missing tests\./);
    assert.match(sent, /<repository_instructions file=\\"AGENTS\.md\\">\\nWrite in the active voice\./);
    const used = scene.panel
      .locator(".prompt")
      .last()
      .getByRole("button", { name: "AGENTS.md, repository instructions" });
    assert.match((await used.locator("..").getAttribute("title")) ?? "", /Repository instructions \(1 line\)/);
    await scene.workbench.screenshot("instructions");
    await used.click();
    await scene.workbench.page
      .getByRole("tab", { name: /AGENTS\.md/ })
      .first()
      .waitFor();
  });

  it("UX7 what was attached is there again after the window was loaded anew", async () => {
    await scene.forge({ type: "attach", id: "kept", reference: { kind: "file", path: "src/main.ts" } });
    await chips().getByText("main.ts").first().waitFor();
    await until("the chip is on the disk", async () => {
      const kept = await keptTexts(scene.workbench);
      return [...kept.values()].some((text) => text.includes('"id":"kept"'));
    });
    await scene.workbench.reload();
    const panel = await scene.workbench.panel();
    await panel.locator(".composer .chip:not(:has(.icon-loading))").getByText("main.ts").first().waitFor();
  });
});
