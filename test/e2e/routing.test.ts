import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { throttled } from "../support/throttled.ts";
import { until } from "../support/until.ts";
import { ask, lastAnswer, untilEnded } from "./panel-page.ts";
import { openSecurityScene, type SecurityScene } from "./security-scene.ts";

const fast = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
const strong = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const elsewhere = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

function verdict(tier: "fast" | "frontier", reason: string): Reply {
  return { toolUses: [{ name: "route_prompt", input: { tier, reason } }] };
}

describe("routing and failover in a real workbench", () => {
  let scene: SecurityScene;

  before(async () => {
    scene = await openSecurityScene({
      settings: {
        "outcrop.model": strong,
        "outcrop.fastModel": fast,
        "outcrop.chatTitles": "off",
        "outcrop.failover": [{ model: elsewhere }],
      },
    });
  });
  after(() => scene.close());

  const asked = (since: number): readonly string[] =>
    scene.emulator.requests
      .slice(since)
      .map(({ path }) => decodeURIComponent(path).replace(/^\/model\/|\/converse-stream$/g, ""));

  /** Picks a row of the routing menu; the composer then names who answers. */
  async function route(row: string, answering: string): Promise<void> {
    await scene.workbench.runCommand("Outcrop: Route Prompts…");
    await scene.workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).click();
    await scene.panel.locator(".model-button-name", { hasText: answering }).waitFor();
  }

  it("says which model answers and why, and gives the prompt to the stronger one at a press", async () => {
    await route("The fast model judges each prompt", "Automatic");
    scene.play(verdict("fast", "a question about one place"), { text: "Here." }, { text: "Here, with reasons." });
    const since = scene.emulator.requests.length;
    await ask(scene.panel, "where is the retry delay?");
    await untilEnded(scene.panel);
    await lastAnswer(scene.panel).getByText("Routed to claude-haiku-4-5: a question about one place").waitFor();
    await lastAnswer(scene.panel).getByText("Here.", { exact: true }).waitFor();
    await scene.workbench.screenshot("routed");
    await lastAnswer(scene.panel).getByRole("button", { name: "Use Stronger Model" }).click();
    await lastAnswer(scene.panel).getByText("Here, with reasons.").waitFor();
    await untilEnded(scene.panel);
    assert.deepEqual(asked(since), [fast, fast, strong]);
    const details = await lastAnswer(scene.panel).locator(".turn-details").textContent();
    assert.match(details ?? "", /^claude-sonnet-4-5/);
  });

  it("tells how often each model answered where routing is turned on and off", async () => {
    const rows = scene.workbench.page.locator(".quick-input-list .monaco-list-row");
    const counted = rows.filter({ hasText: "1 of 2 routed turns went to the fast model" });
    // A turn counts when it is on the disk, a moment after its end; the list shows what held when it was opened.
    await until("both turns are counted", async () => {
      await scene.workbench.runCommand("Outcrop: Route Prompts…");
      await rows.filter({ hasText: "Every prompt goes to the selected model." }).waitFor();
      if (await counted.isVisible()) return true;
      await scene.workbench.page.keyboard.press("Escape");
      return false;
    });
    await scene.workbench.screenshot("route-prompts");
    await scene.workbench.page.keyboard.press("Escape");
    await route("Every prompt goes to the selected model.", "claude-sonnet-4-5");
    scene.play({ text: "Unrouted." });
    const since = scene.emulator.requests.length;
    await ask(scene.panel, "and now?");
    await lastAnswer(scene.panel).getByText("Unrouted.").waitFor();
    await untilEnded(scene.panel);
    assert.deepEqual(asked(since), [strong]);
  });

  it("offers another place when Bedrock keeps throttling, and moves the chat there by the user's pick only", async () => {
    scene.play(throttled(1), throttled(1), throttled(1), { text: "From elsewhere." });
    const since = scene.emulator.requests.length;
    await ask(scene.panel, "are you there?");
    await lastAnswer(scene.panel).getByText(`Bedrock keeps throttling ${strong}.`).waitFor();
    await scene.workbench.screenshot("failover-offer");
    await lastAnswer(scene.panel).getByRole("button", { name: "Move Chat…" }).click();
    const row = scene.workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: elsewhere });
    await row.getByText(/^About [\d,]+ cached tokens are processed anew: about \$\d/).waitFor();
    await scene.workbench.screenshot("failover-pick");
    await row.click();
    await lastAnswer(scene.panel).getByText(`From here on ${elsewhere} answers.`).waitFor();
    await lastAnswer(scene.panel).getByText("From elsewhere.").waitFor();
    await untilEnded(scene.panel);
    const models = asked(since);
    assert.deepEqual([models[0], models.at(-1)], [strong, elsewhere]);
    const answering = scene.panel.locator(".model-button");
    assert.equal(await answering.getAttribute("title"), `${elsewhere}. Select another model (Ctrl+Alt+.)`);
    scene.play({ text: "Still from elsewhere." });
    await ask(scene.panel, "and still there?");
    await untilEnded(scene.panel);
    assert.equal(await lastAnswer(scene.panel).getByText("From here on").count(), 0);
    await scene.workbench.runCommand("Outcrop: New Chat");
    await scene.panel.locator(`.model-button[title^="${strong}"]`).waitFor();
  });
});
