import assert from "node:assert/strict";
import { it } from "node:test";
import { openWorkbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";

it("UX10 says in Restricted Mode that it has no tools, offers Trust Workspace, and still chats", async () => {
  const workbench = await openWorkbench({ trust: false });
  try {
    const panel = await workbench.panel();
    await panel.getByText("Restricted Mode: no tools").waitFor();
    assert.equal(await panel.getByRole("button", { name: "Run the tests" }).count(), 0);
    await ask(panel, "run the tests");
    await untilEnded(panel);
    assert.deepEqual(await toolRows(panel), []);
    assert.match(await lastAnswer(panel).innerText(), /Restricted Mode/);
    await panel.getByRole("button", { name: "Trust Workspace" }).click();
    await workbench.page.getByText("You are in Restricted Mode").first().waitFor();
  } finally {
    await workbench.close();
  }
});
