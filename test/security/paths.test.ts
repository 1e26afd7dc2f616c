import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { SensitiveMatcher } from "../../src/policy/paths/sensitive-matcher.ts";
import { protectedPaths } from "../../src/policy/paths/sensitive-paths.ts";
import { checkPathText } from "../../src/tools/check-path-text.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTree } from "../support/write-tree.ts";
import { fileScene, run } from "./file-scene.ts";

describe("paths", () => {
  it("A01 a read outside asks, with the absolute path", async (test) => {
    const { ws, judge } = await fileScene(test);
    const path = join(ws, "..", "out.txt");
    await writeFile(path, "out\n");
    const { verdict, labels, call } = await judge("read_file", { path: "../out.txt" });
    assert.deepEqual([verdict, labels], ["ask 2", ["outside workspace"]]);
    assert.deepEqual(call?.subject.details, [{ label: "File", value: path }]);
  });

  it("A02 a read of the system's files asks, and no grant for more than this file is offered", async (test) => {
    const { judge } = await fileScene(test);
    const { verdict, targets, request } = await judge("read_file", { path: "/etc/hostname" });
    assert.deepEqual([verdict, targets.map(({ place }) => place)], ["ask 2", ["outside"]]);
    assert.deepEqual(request?.offers, []);
  });

  it("A03 UX78 a write outside asks in a modal, every time", async (test) => {
    const { judge } = await fileScene(test);
    const { verdict, everyTime, labels } = await judge("write_file", { path: "../x", content: "x" });
    assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["outside workspace"]]);
  });

  it("A04 a way around inside the workspace is allowed and shown without it", async (test) => {
    const { ws, judge } = await fileScene(test);
    await writeTree(ws, { "src/a.ts": "a\n" });
    const { verdict, call, targets } = await judge("read_file", { path: "src/../src/a.ts" });
    assert.deepEqual(
      [verdict, call?.title, targets[0]?.canonical],
      ["allow", "Reading src/a.ts", join(ws, "src/a.ts")],
    );
  });

  it("A05 a sibling whose name begins the same is outside", async (test) => {
    const { ws, judge } = await fileScene(test);
    await mkdir(`${ws}-evil`);
    await writeFile(`${ws}-evil/a`, "a\n");
    const { verdict, labels } = await judge("read_file", { path: `${ws}-evil/a` });
    assert.deepEqual([verdict, labels], ["ask 2", ["outside workspace"]]);
  });

  it("A06 what is no path is refused", async (test) => {
    const { ws, judge } = await fileScene(test);
    for (const path of ["a\u0000.ts", "", "x".repeat(5000)]) {
      for (const [tool, more] of [
        ["read_file", {}],
        ["write_file", { content: "x" }],
        ["edit_file", { old_text: "a", new_text: "b" }],
      ] as const) {
        assert.equal((await judge(tool, { path, ...more })).verdict, "deny E_PATH", `${tool} ${path.slice(0, 9)}`);
      }
    }
    assert.equal((await judge("write_file", { path: ".", content: "x" })).verdict, "deny E_PATH");
    assert.deepEqual(await readdir(ws), []);
  });

  it("A07 nothing in a path is expanded", async (test) => {
    const { ws, home, judge, prepare } = await fileScene(test);
    await writeFile(join(home, "x"), "secret\n");
    for (const path of ["~/x", "$HOME/x", "%USERPROFILE%\\x"]) {
      const { verdict, targets } = await judge("read_file", { path });
      assert.deepEqual([verdict, targets[0]?.canonical], ["allow", join(ws, path)]);
      const call = await prepare("read_file", { path });
      await assert.rejects(run(call), /^ToolError: .* does not exist/);
    }
  });

  it("A08 URIs, shares and device paths are refused", async (test) => {
    const { judge } = await fileScene(test);
    const paths = ["file:///etc/passwd", "vscode-userdata:/User/settings.json", "\\\\host\\share\\x", "\\\\?\\C:\\x"];
    for (const path of paths) {
      assert.equal((await judge("read_file", { path })).verdict, "deny E_PATH", path);
      assert.equal((await judge("write_file", { path, content: "x" })).verdict, "deny E_PATH", path);
    }
  });

  it("A09 names with a meaning on Windows are refused there", () => {
    for (const path of ["a.txt:ads", "NUL", "con.txt", "a.", "a ", "SETTIN~1.JSO", "src\\aux", "x/COM1.log"]) {
      assert.throws(() => checkPathText(path, "win32"), /^ToolError: E_PATH /, path);
    }
    for (const path of ["a.txt", "C:\\src\\a.ts", "console.ts", "src/a~b"]) checkPathText(path, "win32");
  });

  it("A10 another letter case of a protected name is protected, existing or not", async (test) => {
    const { judge } = await fileScene(test, { foldsNames: async () => true });
    const { verdict, everyTime, labels } = await judge("write_file", { path: ".VSCODE/Settings.JSON", content: "{}" });
    assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["protected file"]]);
    const windows = { folders: ["C:\\Ws"], homes: ["C:\\Users\\u"], platform: "win32" as const };
    assert.equal(new SensitiveMatcher(protectedPaths).matches("c:\\ws\\.VsCode\\x.json", windows), true);
    assert.equal(new SensitiveMatcher(protectedPaths).matches("C:\\Ws\\vscode\\x.json", windows), false);
  });

  it("A10 where the volume folds names, another letter case of the workspace is inside, elsewhere it is not", async (test) => {
    const folder = await temporaryFolder(test);
    const path = join(folder.replace(basename(folder), basename(folder).toUpperCase()), "a.ts");
    const folding = await fileScene(test, { folders: () => [folder], foldsNames: async () => true });
    const exact = await fileScene(test, { folders: () => [folder], foldsNames: async () => false });
    assert.equal((await folding.judge("read_file", { path })).verdict, "allow");
    assert.equal((await exact.judge("read_file", { path })).verdict, "ask 2");
  });

  it("A11 twins in another Unicode form are protected, look-alikes are ordinary names", async (test) => {
    const { judge } = await fileScene(test);
    const write = (path: string) => judge("write_file", { path, content: "x" });
    // A long s, a zero-width non-joiner and a Kelvin sign make the same name where the volume folds names.
    for (const path of [".v\u017fcode/settings.json", ".vs\u200ccode/tasks.json", "Ma\u212aefile"]) {
      assert.equal((await write(path)).verdict, "ask 2", path);
    }
    const fullWidth = await write("\uff0evscode/settings.json");
    assert.deepEqual([fullWidth.verdict, fullWidth.labels], ["ask 1", []]);
  });

  it("A12 a path that may mean two folders is refused, and both are named", async (test) => {
    const [one, two] = [await temporaryFolder(test), await temporaryFolder(test)];
    for (const folder of [one, two]) await writeFile(join(folder, "a.ts"), "a\n");
    const { judge } = await fileScene(test, { folders: () => [one, two] });
    for (const [tool, input] of [
      ["read_file", { path: "a.ts" }],
      ["write_file", { path: "a.ts", content: "x" }],
      ["run_command", { command: "pwd" }],
    ] as const) {
      const { verdict, message } = await judge(tool, input);
      assert.equal(verdict, "deny E_PATH", tool);
      assert.ok(message.includes(one) && message.includes(two), message);
    }
    assert.equal((await judge("read_file", { path: `${basename(two)}/a.ts` })).verdict, "allow");
  });

  it("A12 a folder that is not open is outside, by its name as well", async (test) => {
    const { ws, out, judge } = await fileScene(test);
    await writeFile(join(out, "a"), "a\n");
    assert.equal((await judge("read_file", { path: join(out, "a") })).verdict, "ask 2");
    assert.equal((await judge("read_file", { path: "out/a" })).targets[0]?.canonical, join(ws, "out/a"));
  });

  it("A13 without a folder no file tool works", async (test) => {
    const { judge } = await fileScene(test, { folders: () => [] });
    for (const path of ["a.ts", "/etc/hostname"]) {
      assert.equal((await judge("read_file", { path })).verdict, "deny E_OUTSIDE", path);
      assert.equal((await judge("write_file", { path, content: "x" })).verdict, "deny E_OUTSIDE", path);
    }
    assert.equal((await judge("search_files", { pattern: "x" })).verdict, "deny E_OUTSIDE");
    assert.equal((await judge("run_command", { command: "pwd" })).verdict, "deny E_OUTSIDE");
  });

  it("A14 a search outside asks, a glob that leaves is refused", async (test) => {
    const { judge } = await fileScene(test);
    assert.equal((await judge("search_files", { path: "..", pattern: "x" })).verdict, "ask 2");
    for (const glob of ["../**", "/etc/*", "{src,..}/**"]) {
      assert.equal((await judge("search_files", { pattern: "x", glob })).verdict, "deny E_PATH", glob);
    }
  });

  it("A15 a command elsewhere asks every time, and moves no later path", async (test) => {
    const { ws, judge } = await fileScene(test);
    const { verdict, everyTime, call } = await judge("run_command", { command: "pwd", cwd: "/" });
    assert.deepEqual([verdict, everyTime, call?.command?.cwd], ["ask 2", true, "/"]);
    assert.equal((await judge("read_file", { path: "etc/x" })).targets[0]?.canonical, join(ws, "etc/x"));
  });

  it("N01 a file that is too large is neither loaded nor changed", async (test) => {
    const { ws, judge, prepare } = await fileScene(test);
    await writeFile(join(ws, "big.txt"), "");
    await truncate(join(ws, "big.txt"), 5_000_000_000);
    const before = process.memoryUsage().arrayBuffers;
    for (const [tool, input] of changesOf("big.txt")) {
      assert.equal((await judge(tool, input)).verdict, "allow", "the failure is a read, and needs no question");
      await assert.rejects(run(await prepare(tool, input)), /^ToolError: E_TOO_LARGE big\.txt has 5,000,000,000 bytes/);
    }
    assert.ok(process.memoryUsage().arrayBuffers - before < 50_000_000);
    assert.equal((await stat(join(ws, "big.txt"))).size, 5_000_000_000);
  });

  it("N03 what is no text, or text whose encoding is not certain, is left as it is, and its kind is told", async (test) => {
    const { ws, judge, prepare } = await fileScene(test);
    const files = {
      "a.bin": Buffer.from([0x61, 0, 0x62, 0xff]),
      "half.txt": Buffer.from("\ufeffab", "utf16le").subarray(0, 5),
      "lone.txt": Buffer.from("\ufeffa\ud800", "utf16le"),
      "wide.txt": Buffer.from("fffe000061000000", "hex"),
      "b.txt": Buffer.from("caf\x81", "latin1"),
    };
    await writeTree(ws, files);
    for (const [path, bytes] of Object.entries(files)) {
      for (const [tool, input] of changesOf(path)) {
        assert.equal((await judge(tool, input)).verdict, "allow", "the failure is a read, and needs no question");
        await assert.rejects(run(await prepare(tool, input)), /^ToolError: E_BINARY .* is .*, \d+ bytes/);
      }
      assert.deepEqual(await readFile(join(ws, path)), bytes);
    }
  });

  it("N03 UTF-16 and windows-1252 text keeps every byte that an edit does not name", async (test) => {
    const { ws, play } = await fileScene(test);
    const files = {
      "wide.txt": [Buffer.from("\ufeffä a €", "utf16le"), Buffer.from("\ufeffä b €", "utf16le")],
      "latin.txt": [Buffer.from("\xe4 a \x80", "latin1"), Buffer.from("\xe4 b \x80", "latin1")],
    } as const;
    for (const [path, [before, after]] of Object.entries(files)) {
      await writeTree(ws, { [path]: before });
      assert.equal((await play("edit_file", { path, edits: [{ old_text: "a", new_text: "b" }] })).isError, false);
      assert.deepEqual(await readFile(join(ws, path)), after);
    }
  });
});

/** Both ways to change a file that holds an "a". */
function changesOf(path: string) {
  return [
    ["edit_file", { path, old_text: "a", new_text: "b" }],
    ["write_file", { path, content: "b" }],
  ] as const;
}
