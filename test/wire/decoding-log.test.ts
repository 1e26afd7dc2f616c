import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { openWire, useOwnEnvironment } from "../support/wire-call.ts";
import { frame } from "../support/wire-talk.ts";

useOwnEnvironment();

const main = fileURLToPath(new URL("../../src/headless/main.ts", import.meta.url));

/** A headless turn in an empty folder; what it wrote. */
async function turn(
  test: TestContext,
  endpoint: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "outcrop-log-"));
  test.after(() => rm(folder, { recursive: true }));
  const child = spawn(process.execPath, [main, "--workspace", folder, "--prompt", "Hi", "--endpoint", endpoint], {
    env: { ...process.env, HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const read = async (stream: Readable): Promise<string> => (await stream.setEncoding("utf8").toArray()).join("");
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr), ended]);
  return { stdout, stderr };
}

describe("the log of the headless runner", () => {
  it("B2.30 says once per answer what was odd in it, and nothing of what it said", async (test) => {
    const events = [
      { event: "hologram", payload: { text: "secret" } },
      { event: "hologram", payload: {} },
      frame.delta(0, { gesture: "secret" }),
      frame.text(0, "Said."),
      frame.stop(0),
      frame.end(),
    ];
    const { emulator } = await openWire(test, "plain", [{ events }, { text: "Fine." }]);
    assert.deepEqual(await turn(test, emulator.url), {
      stdout: "Said.\n",
      stderr: "Odd in the answer: unknown event:hologram (2), unknown delta gesture (1).\nThe turn ended: completed\n",
    });
    assert.deepEqual(await turn(test, emulator.url), { stdout: "Fine.\n", stderr: "The turn ended: completed\n" });
  });
});
