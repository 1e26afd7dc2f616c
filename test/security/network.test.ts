import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply, toolsReply } from "../../src/emulator/replies.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTree } from "../support/write-tree.ts";

const runner = fileURLToPath(new URL("../../src/headless/main.ts", import.meta.url));
const spy = fileURLToPath(new URL("network-spy.ts", import.meta.url));

describe("the network", { timeout: 60_000 }, () => {
  it("K10 K11 a whole turn with every tool speaks to the configured endpoint and to nothing else", async (test) => {
    const root = await temporaryFolder(test);
    const [ws, spied] = [join(root, "ws"), join(root, "spied")];
    await mkdir(join(root, "home"));
    await writeFile(spied, "");
    await writeTree(ws, {
      "a.ts": "see https://example.com/x\n",
      "b.ts": "b\n",
      ".vscode/tasks.json": '{"version": "2.0.0", "tasks": [{"label": "t", "type": "shell", "command": "true"}]}',
    });
    const used = toolsReply([
      { name: "read_file", input: { path: "a.ts" } },
      { name: "search_files", input: { pattern: "https" } },
      { name: "write_file", input: { path: "c.json", content: '{"$schema": "https://example.com/schema.json"}\n' } },
      { name: "edit_file", input: { path: "b.ts", old_text: "b", new_text: "c" } },
      { name: "run_task", input: { label: "t" } },
      { name: "run_command", input: { command: "true" } },
    ]);
    const emulator = await startEmulator({ script: { replies: [used, textReply("![x](https://example.com/i.png)")] } });
    test.after(() => emulator.close());
    const child = spawn(
      process.execPath,
      [
        ...["--import", spy, runner, "--workspace", ws, "--endpoint", emulator.url, "--approve", "all", "--json"],
        ...["--prompt", "Look at https://example.com"],
      ],
      {
        env: {
          ...{ PATH: process.env["PATH"], HOME: join(root, "home"), OUTCROP_STATE: join(root, "state") },
          ...{ OUTCROP_SPY: spied, AWS_EC2_METADATA_DISABLED: "true", AWS_BEARER_TOKEN_BEDROCK: "mine-and-only-mine" },
        },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    assert.equal(await new Promise((resolve) => child.once("close", resolve)), 0);
    const ends = printed.split("\n").filter((line) => line.includes('"tool-end"'));
    assert.deepEqual(
      ends.map((line) => JSON.parse(line).state),
      Array.from({ length: 6 }, () => "succeeded"),
    );
    const seen = (await readFile(spied, "utf8")).split("\n").filter((line) => line !== "");
    const { hostname, port } = new URL(emulator.url);
    assert.ok(seen.length > 0);
    assert.deepEqual(new Set(seen), new Set([JSON.stringify([hostname, Number(port)])]));
  });
});
