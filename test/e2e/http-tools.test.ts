import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deskKey, type HelpDesk, startHelpDesk } from "../support/help-desk.ts";
import { until, untilMatches } from "../support/until.ts";
import { ask, lastAnswer, toolRows, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const status = (shipmentId: string) => ({ name: "get_shipment_status", input: { shipmentId } });
const pickup = { toolUses: [{ name: "reschedule_pickup", input: { shipmentId: "SHP-1001", date: "2026-12-03" } }] };

describe("a shipment help desk in a real workbench", () => {
  let desk: HelpDesk;
  let scene: SecurityScene;

  before(async () => {
    desk = await startHelpDesk({ lostAnswers: 1 });
    scene = await openSecurityScene();
  });
  after(async () => {
    await scene.close();
    await desk.close();
  });

  it("takes the operations that are picked of an OpenAPI document, and asks for their secret", async () => {
    const { workbench } = scene;
    const { page } = workbench;
    const file = await desk.document(workbench.workspace);
    const input = page.locator(".quick-input-widget input[type=text]");
    await workbench.runCommand("Outcrop: Add Tools from OpenAPI…");
    await page.locator(".quick-input-title", { hasText: "Add Tools from OpenAPI" }).waitFor();
    await openFile(file);
    await page.locator(".quick-input-title", { hasText: "Server of openapi.yaml" }).waitFor();
    assert.equal(await input.inputValue(), `http://127.0.0.1:${desk.port}/v1`);
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-title", { hasText: "Tools of openapi.yaml" }).waitFor();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "reschedule_pickup" }).waitFor();
    await workbench.screenshot("http-tools-pick");
    for (const name of ["get_shipment_status", "reschedule_pickup", "search_help_center"]) {
      await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).click();
    }
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-title", { hasText: "Secret deskKey" }).waitFor();
    await page.locator(".quick-input-widget input[type=password]").fill(deskKey);
    await page.keyboard.press("Enter");
    await page.getByText("3 tools of openapi.yaml may be called by the model.").first().waitFor();
  });

  it("asks on the card before it reads, and tells the model of what failed", async () => {
    const { panel, emulator } = scene;
    scene.play(
      { toolUses: [status("SHP-1001"), status("SHP-1404"), status("SHP-1500")] },
      { text: "Two are missing." },
    );
    await ask(panel, "where are my shipments");
    for (let left = 3; left > 0; left--)
      await panel.locator("[data-approval]").first().getByRole("button", { name: "Allow Once" }).click();
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /Two are missing\./);
    const states = (await toolRows(panel)).map(([title]) => title);
    assert.equal(states[0], "Called get_shipment_status (SHP-1001), HTTP 200 OK");
    const { messages } = Object(emulator.requests.at(-1)?.body);
    const sent: readonly { readonly toolResult?: { readonly status: string } }[] = messages.at(-1).content;
    const results = sent.flatMap(({ toolResult }) => toolResult?.status ?? []);
    assert.deepEqual(results, ["success", "error", "error"]);
    assert.equal(JSON.stringify(messages).includes(deskKey), false);
  });

  it("moves a pickup once, asked about in the editor's own dialog with the whole request", async () => {
    const { panel, workbench, dialog } = scene;
    scene.play(pickup, pickup, { text: "It is moved." });
    await ask(panel, "move the pickup");
    await dialog.waitFor();
    const text = await dialog.innerText();
    assert.match(text, /Call reschedule_pickup\?/);
    assert.match(text, new RegExp(`POST http://127\\.0\\.0\\.1:${desk.port}/v1/shipments/SHP-1001/pickup`));
    assert.match(text, /"date": "2026-12-03"/);
    assert.match(text, /Authorization: ••••/);
    await workbench.screenshot("http-tools-dialog");
    await scene.press("Allow Once");
    // The dialog that is there from now on is that of the second call.
    await until("the first call is made", () => desk.keys.length > 0);
    await scene.press("Allow in This Chat");
    await untilEnded(panel);
    assert.match(await lastAnswer(panel).innerText(), /It is moved\./);
    assert.deepEqual([desk.moved, new Set(desk.keys).size, desk.keys.length], [["2026-12-03"], 1, 2]);
  });

  /**
   * The editor's own file dialog writes the folder that it opens in over what was typed too early. Enter is pressed again only
   * after a long wait: it would answer the question behind the dialog.
   */
  async function openFile(file: string): Promise<void> {
    const { page } = scene.workbench;
    const title = page.locator(".quick-input-title", { hasText: "Add Tools from OpenAPI" });
    const input = page.locator(".quick-input-widget input[type=text]");
    await untilMatches(() => input.inputValue(), /\/$/);
    while (await title.isVisible()) {
      if ((await input.inputValue()) !== file) await input.fill(file);
      await page.keyboard.press("Enter");
      await title.waitFor({ state: "hidden", timeout: 10_000 }).catch(() => undefined);
    }
  }
});
