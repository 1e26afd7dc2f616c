import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { watch } from "node:fs";
import { chmod, lstat, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeTree } from "../support/write-tree.ts";
import { fileScene, run } from "./file-scene.ts";

describe("writes", () => {
  it("G04 a file that changed since the difference was shown is left alone", async (test) => {
    const { ws, prepare } = await fileScene(test);
    const file = join(ws, "a.ts");
    await writeFile(file, "one\n");
    const times = await stat(file);
    const calls = async () => [
      await prepare("edit_file", { path: "a.ts", old_text: "one", new_text: "two" }),
      await prepare("write_file", { path: "a.ts", content: "two\n" }),
    ];
    for (const call of await calls()) {
      await writeFile(file, "xne\n");
      await utimes(file, times.atime, times.mtime);
      await assert.rejects(run(call), /^ToolError: E_STALE .*a\.ts does not have the content that it had/);
      assert.equal(await readFile(file, "utf8"), "xne\n");
      await writeFile(file, "one\n");
    }
    for (const call of await calls()) {
      await rm(file);
      await assert.rejects(run(call), /^ToolError: E_STALE /);
      assert.deepEqual(await readdir(ws), []);
      await writeFile(file, "one\n");
    }
    const created = await prepare("write_file", { path: "b.ts", content: "mine\n" });
    await writeFile(join(ws, "b.ts"), "theirs\n");
    await assert.rejects(run(created), /^ToolError: E_STALE /);
    assert.equal(await readFile(join(ws, "b.ts"), "utf8"), "theirs\n");
  });

  it("G04 what was the same file with the same content all the time is written", async (test) => {
    const { ws, prepare } = await fileScene(test);
    await writeFile(join(ws, "a.ts"), "one\n");
    const call = await prepare("edit_file", { path: "a.ts", old_text: "one", new_text: "two" });
    await utimes(join(ws, "a.ts"), 1, 1);
    await run(call);
    assert.equal(await readFile(join(ws, "a.ts"), "utf8"), "two\n");
  });

  it("G11 a large text is shown whole, with its size and hash", async (test) => {
    const { judge } = await fileScene(test);
    const content = "0123456789abcde\n".repeat(196_608);
    const { call } = await judge("write_file", { path: "big.txt", content });
    const [, change, result] = call?.subject.details ?? [];
    assert.equal(change?.value.split("\n").filter((line) => line === "+0123456789abcde").length, 196_608);
    const hash = createHash("sha256").update(content).digest("hex");
    assert.deepEqual(result, { label: "Result", value: `3,145,728 bytes, SHA-256 ${hash}` });
  });

  it("K09 the file that is written beside has a name of its own each time, and is never left", async (test) => {
    const { ws, prepare } = await fileScene(test);
    await writeFile(join(ws, "a.ts"), "one\n");
    const seen = new Set<string>();
    const watcher = watch(ws, (_, name) => seen.add(name ?? ""));
    test.after(() => watcher.close());
    const beside = () => [...seen].filter((name) => name !== "a.ts");
    for (let round = 1; round <= 3; round++) {
      await run(await prepare("write_file", { path: "a.ts", content: `${round}\n` }));
      while (beside().length < round) await once(watcher, "change");
    }
    assert.equal(beside().length, 3);
    for (const name of beside()) assert.match(name, /^\.outcrop-[0-9a-f]{24}\.tmp$/);
    assert.deepEqual(await readdir(ws), ["a.ts"]);
  });

  it("N13 where the disk is full the old file stays whole, and no piece is left", async (test) => {
    const { ws } = await fileScene(test);
    await writeFile(join(ws, "a.txt"), "old\n");
    const module = JSON.stringify(new URL("../../src/headless/disk-files.ts", import.meta.url).href);
    const script = `
      const { DiskFiles } = await import(${module});
      const files = new DiskFiles();
      for (const name of ["a.txt", "new.txt"]) {
        const snapshot = await files.look(${JSON.stringify(`${ws}/`)} + name, 1000);
        const error = await files.replace(snapshot, Buffer.alloc(100_000, "x")).catch((error) => error);
        console.log(String(error));
      }`;
    // A limit on the size of files stands for the full disk: the write fails half way.
    const limited = 'trap "" XFSZ; ulimit -f 16; exec "$0" --input-type=module -e "$1"';
    const printed = execFileSync("bash", ["-c", limited, process.execPath, script], {
      encoding: "utf8",
      stdio: "pipe",
    });
    const lines = printed.trim().split("\n");
    assert.equal(lines.length, 2);
    for (const line of lines)
      assert.match(line, /^ToolError: .*\.txt could not be written, and was left as it was: E(FBIG|NOSPC)/);
    assert.deepEqual([await readdir(ws), await readFile(join(ws, "a.txt"), "utf8")], [["a.txt"], "old\n"]);
  });

  it("P07 of two writes to one file the second one is refused, whatever the order in which they are run", async (test) => {
    const { ws, prepare } = await fileScene(test);
    await writeTree(ws, { "a.ts": "one\ntwo\n" });
    const first = await prepare("edit_file", { path: "a.ts", old_text: "one", new_text: "1" });
    const second = await prepare("edit_file", { path: "a.ts", old_text: "two", new_text: "2" });
    const results = await Promise.allSettled([run(first), run(second)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected"],
    );
    assert.equal(await readFile(join(ws, "a.ts"), "utf8"), "1\ntwo\n");
    await run(await prepare("edit_file", { path: "a.ts", old_text: "two", new_text: "2" }));
    assert.equal(await readFile(join(ws, "a.ts"), "utf8"), "1\n2\n");
  });

  it("P07 of two files made by the same name the first one stays", async (test) => {
    const { ws, prepare } = await fileScene(test);
    const calls = [
      await prepare("write_file", { path: "new/a.ts", content: "1\n" }),
      await prepare("write_file", { path: "new/a.ts", content: "2\n" }),
    ];
    const results = await Promise.allSettled(calls.map((call) => run(call)));
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected"],
    );
    assert.equal(await readFile(join(ws, "new/a.ts"), "utf8"), "1\n");
  });

  it("keeps the mode of a file, gives a new one the usual one, and leaves read-only ones alone", async (test) => {
    const { ws, prepare } = await fileScene(test);
    for (const [name, mode] of [
      ["run.sh", 0o755],
      ["private", 0o600],
      ["fixed", 0o444],
    ] as const) {
      await writeFile(join(ws, name), "old\n");
      await chmod(join(ws, name), mode);
    }
    const modeOf = async (name: string) => ((await lstat(join(ws, name))).mode & 0o777).toString(8);
    await run(await prepare("write_file", { path: "run.sh", content: "new\n" }));
    await run(await prepare("edit_file", { path: "private", old_text: "old", new_text: "new" }));
    await run(await prepare("write_file", { path: "made", content: "new\n" }));
    const usual = (0o666 & ~process.umask()).toString(8);
    assert.deepEqual([await modeOf("run.sh"), await modeOf("private"), await modeOf("made")], ["755", "600", usual]);
    const fixed = await prepare("write_file", { path: "fixed", content: "new\n" });
    await assert.rejects(run(fixed), /^ToolError: .*fixed is read-only\. Nothing was written\.$/);
    assert.equal(await readFile(join(ws, "fixed"), "utf8"), "old\n");
  });
});
