import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { converse, makeWireClient, textOf } from "./client.ts";

const main = fileURLToPath(new URL("../../../src/emulator/main.ts", import.meta.url));

function run(
  ...args: readonly string[]
): Promise<{ readonly code: number | string | null | undefined; readonly output: string; readonly errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, output, errors) =>
      resolve({ code: error?.code ?? 0, output, errors }),
    );
  });
}

function start(
  context: TestContext,
  ...args: readonly string[]
): { readonly child: ChildProcess; readonly nextLine: () => Promise<string> } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  context.after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, nextLine: async () => String((await lines.next()).value) };
}

test("the command prints its URL, a line per request, and ends with Ctrl-C", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-script-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "script.json");
  writeFileSync(file, JSON.stringify({ replies: [{ text: "from a file" }] }));
  const { child, nextLine } = start(context, "--script", file);
  const url = /^Emulated Bedrock at (http:\/\/127\.0\.0\.1:\d+) /u.exec(await nextLine())?.[1];
  assert.equal(textOf(await converse(makeWireClient(url ?? ""))), "from a file");
  assert.match(await nextLine(), /^#1 POST \/model\/.+\/converse-stream HTTP\/1\.1 → 200, \d+ ms$/u);
  child.kill("SIGINT");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

test("without a script the demo model answers", async (context) => {
  const { nextLine } = start(context, "--port", "0");
  const line = await nextLine();
  assert.match(line, /\(Demo model: scripted, no AI\)/u);
  const url = /http:\S+/u.exec(line)?.[0];
  assert.match(
    textOf(await converse(makeWireClient(url ?? ""), "show the output limit")),
    /^This answer ends where the output limit was reached/u,
  );
});

test("mistakes on the command line are said in one line", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-script-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "bad.json");
  writeFileSync(file, '{"replies":[{"text":7}]}');
  const outcomes = await Promise.all([
    run("--port", "many"),
    run("--access-key", "a"),
    run("--script", file),
    run("--colour"),
  ]);
  assert.deepEqual(
    outcomes.map(({ code, errors }) => [code, errors.split("\n")[0]]),
    [
      [1, '--port must be a number from 0 to 65535, not "many"'],
      [1, "--access-key and --secret-key go together"],
      [1, `${file} is not a valid emulator script:`],
      [1, "Unknown option '--colour'"],
    ],
  );
});

test("help names every option", async () => {
  const { code, output } = await run("--help");
  assert.equal(code, 0);
  for (const option of [
    "--port",
    "--host",
    "--script",
    "--tls-key",
    "--tls-cert",
    "--access-key",
    "--secret-key",
    "--session-token",
    "--help",
  ]) {
    assert.ok(output.includes(option), option);
  }
});
