import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Frame, Page } from "playwright-core";
import { repositoryRoot } from "../../scripts/paths.mjs";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer } from "./panel-page.ts";

const texts = (path: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(repositoryRoot, path), "utf8"));
const german = texts("l10n/bundle.l10n.de.json");
const manifest = texts("package.nls.de.json");
const t = (english: string): string => german[english] ?? assert.fail(`no German for ${english}`);

describe("a VS Code in German", () => {
  let workbench: Workbench;
  let panel: Frame;
  before(async () => {
    // Where VS Code keeps the language of the texts that it has loaded: what extensions get goes by it. Its own stay English
    // here, since there is no language pack.
    const prepare = (page: Page) => page.addInitScript(() => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: "de" }));
    workbench = await openWorkbench({ prepare });
    panel = await workbench.panel();
  });
  after(() => workbench.close());

  it("UX98 has the panel, its approvals and its commands in German", async () => {
    await panel.getByText(t("Demo model: scripted, no AI")).waitFor();
    assert.equal(await panel.locator("html").getAttribute("lang"), "de");
    await ask(panel, "run the tests");
    const card = panel.locator("[data-approval]");
    await card.getByRole("button", { name: t("Skip") }).waitFor();
    await workbench.screenshot("german");
    await card.getByRole("button", { name: t("Allow Once") }).click();
    await panel.getByRole("button", { name: t("Send"), exact: true }).waitFor();
    assert.ok(((await lastAnswer(panel).textContent()) ?? "").length > 0);
    const renaming = manifest["command.renameChat"] ?? assert.fail("no name");
    await workbench.runCommand(`Outcrop: ${renaming}`);
    await workbench.page.locator(".quick-input-widget").getByText(t("Outcrop: Rename Chat")).first().waitFor();
  });
});
