import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { demoContext } from "../support/panel/contexts.ts";
import { PanelPage } from "../support/panel/panel-page.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

const repository = ["Tasks, each asked about before it runs: .vscode/tasks.json", "MCP servers: \u202e.mcp.json"];

describe("what a repository brings", () => {
  const browser = suiteBrowser();
  it("is listed above the composer until the host says that it was seen", async () => {
    const panel = await PanelPage.open(browser(), { context: { ...demoContext, repository } });
    const list = panel.page.getByRole("region", { name: "This repository brings" }).getByRole("listitem");
    assert.deepEqual(await list.allTextContents(), [repository[0], "MCP servers: ⟦U+202E⟧.mcp.json"]);
    await panel.say({ type: "context", context: demoContext });
    assert.equal(await list.count(), 0);
    await panel.close();
  });

  testEveryTheme(browser, { ...demoContext, repository }, { "a list of two": async () => undefined });
});
