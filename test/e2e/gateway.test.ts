import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { bufferingAdvice, heldBackWhole, slowAnswer, slowText } from "../support/gateway-answers.ts";
import { startNginx, withoutNginx } from "../support/nginx.ts";
import { openWorkbench } from "../support/vscode/workbench.ts";
import { ask, lastAnswer, recordGrowth, untilEnded } from "./panel-page.ts";

describe("nginx as the gateway of a real workbench", { skip: withoutNginx() }, () => {
  let emulator: RunningEmulator;
  before(async () => {
    emulator = await startEmulator({ script: () => slowAnswer });
  });
  after(() => emulator.close());

  /** A workbench whose requests go through an nginx with these lines, after one answer; how long it was at every paint. */
  async function talk(test: TestContext, lines: readonly string[]) {
    const url = await startNginx(test, { to: emulator.port, lines });
    const settings = { "outcrop.endpoint": url, "outcrop.authentication": "none" };
    const workbench = await openWorkbench({ settings });
    test.after(() => workbench.close());
    const panel = await workbench.panel();
    const growth = await recordGrowth(panel);
    await ask(panel, "go on");
    await untilEnded(panel);
    assert.equal((await lastAnswer(panel).locator(".markdown").innerText()).trim(), slowText.trim());
    return { workbench, panel, growth: await growth(), host: new URL(url).host };
  }

  it("with proxy_buffering off the answer grows in the panel, and nothing is said", async (test) => {
    const { panel, growth } = await talk(test, ["proxy_buffering off;"]);
    assert.ok(growth.length > 10, `the answer grew in ${growth.length} steps`);
    assert.equal(await advice(panel).count(), 0);
  });

  it("with buffers that hold the answer back it arrives all the same, and the panel names the buffering", async (test) => {
    const { workbench, panel, host } = await talk(test, heldBackWhole);
    assert.equal((await advice(panel).innerText()).trim(), bufferingAdvice(host));
    await workbench.screenshot("gateway-buffers");
  });
});

function advice(panel: Frame): Locator {
  // Not what a screen reader is told of it, which goes after a while.
  return panel.locator(".transcript").getByText("holds answers back instead of streaming them");
}
