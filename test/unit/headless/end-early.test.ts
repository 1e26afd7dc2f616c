import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../../../src/emulator/emulator-server.ts";
import type { Reply } from "../../../src/emulator/script-schema.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { untilGone } from "../../support/until-gone.ts";
import { writeTree } from "../../support/write-tree.ts";

const main = fileURLToPath(new URL("../../../src/headless/main.ts", import.meta.url));

const longAnswer: Reply = { text: Array.from({ length: 500 }, (_, index) => `word ${index} `), tokensPerSecond: 50 };
const runSlowTask: Reply = { toolUses: [{ name: "run_task", input: { label: "slow" } }], stopReason: "tool_use" };
/** Does not end when it is asked to. */
const slowTask = {
  label: "slow",
  type: "shell",
  command: "trap '' TERM; echo $$ > pid; echo ready; sleep 100 & wait; wait",
};

interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly root: string;
  /** Waits for a line of the output that holds this text. */
  readonly line: (text: string) => Promise<void>;
  /** Exit code, or the signal's name, and what was printed on standard error. */
  readonly end: () => Promise<readonly [code: number | string | null, errors: string]>;
}

/** The runner against an emulator that plays these replies. */
async function start(context: TestContext, replies: readonly Reply[], ...options: readonly string[]): Promise<Started> {
  const root = await temporaryFolder(context);
  await writeTree(root, { ".vscode/tasks.json": JSON.stringify({ tasks: [slowTask] }) });
  const emulator = await startEmulator({ script: { replies: [...replies] } });
  const place = ["--workspace", root, "--endpoint", emulator.url, "--region", "us-east-1", "--approve", "all"];
  const child = spawn(process.execPath, [main, ...place, "--prompt", "Go.", "--json", ...options], {
    env: {
      ...process.env,
      HOME: root,
      OUTCROP_STATE: `${root}/state`,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_PROFILE: "",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  context.after(async () => {
    child.kill("SIGKILL");
    await emulator.close();
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const exit = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (text: string): Promise<void> => {
    for (let next = await lines.next(); !next.done; next = await lines.next()) if (next.value.includes(text)) return;
    assert.fail(`the output ended without ${text}: ${errors}`);
  };
  const end = async () => {
    const [code, signal] = await exit;
    return [code ?? signal, errors] as const;
  };
  return { child, root, line, end };
}

test("The first signal stops the turn, which ends as it should", { timeout: 60_000 }, async (context) => {
  const { child, line, end } = await start(context, [longAnswer]);
  await line('"text-delta"');
  child.kill("SIGINT");
  await line('"outcome":{"kind":"cancelled"}');
  assert.deepEqual(await end(), [1, ""]);
});

test("A second signal ends the process at once, and what it started", { timeout: 60_000 }, async (context) => {
  const { child, root, line, end } = await start(context, [runSlowTask, { text: "never" }]);
  await line('"tool-output"');
  child.kill("SIGINT");
  child.kill("SIGTERM");

  const [code, errors] = await end();

  assert.ok(code === 130 || code === 143, `exit code ${code}`);
  assert.equal(errors, "");
  await untilGone(Number(await readFile(join(root, "pid"), "utf8")));
});

test("A signal after the turn's end ends the process at once", { timeout: 60_000 }, async (context) => {
  const folder = await temporaryFolder(context);
  await writeTree(folder, { "tools.mjs": "setInterval(() => {}, 1000);\nexport default [];\n" });
  const { child, line, end } = await start(context, [{ text: "Done." }], "--tools", join(folder, "tools.mjs"));
  await line('"turn-end"');
  child.kill("SIGTERM");
  assert.deepEqual(await end(), [143, ""]);
});

test("When nobody reads the output any more the run ends without a word", { timeout: 60_000 }, async (context) => {
  const { child, line, end } = await start(context, [longAnswer]);
  await line('"text-delta"');
  child.stdout.destroy();
  assert.deepEqual(await end(), [141, ""]);
});
