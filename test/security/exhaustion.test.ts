import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, readdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Tool } from "../../src/agent/tool.ts";
import { createReadFile } from "../../src/tools/read-file.ts";
import { WholeResults } from "../../src/tools/results/whole-results.ts";
import { createSearchFiles } from "../../src/tools/search-files.ts";
import { fixedWorkspace } from "../support/fixed-workspace.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";
import { searchEngines } from "../support/search-engines.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTree } from "../support/write-tree.ts";

const LONGEST_RESULT = 48_000;

const results = new WholeResults(async () => "");

/** The text of a result as it is made fit for the model, or the refusal. */
async function textOf(tool: Tool, input: object): Promise<string> {
  return runTool(tool, input).then(
    async ({ text }) => (await results.fit([{ text }]))[0]?.text ?? "",
    (error: unknown) => String(error),
  );
}

describe("what has no end", () => {
  it("N01 a window of a file of 5 GB is read without loading the file", { timeout: 60_000 }, async (test) => {
    const folder = await temporaryFolder(test);
    await writeFile(join(folder, "big.txt"), "one\ntwo\nthree\n".repeat(10_000));
    await truncate(join(folder, "big.txt"), 5_000_000_000);
    const before = process.memoryUsage();
    const text = await textOf(createReadFile(fixedWorkspace([folder]), openGuard), {
      path: "big.txt",
      startLine: 2,
      endLine: 3,
    });
    const after = process.memoryUsage();
    assert.match(text, /^big\.txt \(lines 2-3 of more than [^\n]*\)\n2\ttwo\n3\tthree/);
    assert.ok(text.length < 1000);
    assert.ok(after.arrayBuffers + after.external - before.arrayBuffers - before.external < 50_000_000);
  });

  it("N02 a line of 300 MB is cut", { timeout: 60_000 }, async (test) => {
    const folder = await temporaryFolder(test);
    execFileSync("bash", ["-c", "head -c 300000000 /dev/zero | tr '\\0' x > line.txt; echo end >> line.txt"], {
      cwd: folder,
    });
    const text = await textOf(createReadFile(fixedWorkspace([folder]), openGuard), { path: "line.txt" });
    assert.ok(text.length <= LONGEST_RESULT, `${text.length}`);
    assert.match(text, /^line\.txt \(lines 1-\d+ of /);
  });
});

describe("what unpacks to much", () => {
  it("N11 archives and documents are never unpacked: reading refuses them or hands them on, a search passes over them", async (test) => {
    const folder = await temporaryFolder(test);
    execFileSync("bash", ["-c", "head -c 200000000 /dev/zero | gzip > bomb.gz"], { cwd: folder });
    const zip = Buffer.from("504b0304140000000800", "hex");
    await writeTree(folder, { "bomb.zip": zip, "doc.pdf": Buffer.from("%PDF-1.7\n\0\x80needle", "latin1") });
    const read = createReadFile(fixedWorkspace([folder]), openGuard);
    for (const path of ["bomb.gz", "bomb.zip"]) {
      assert.match(await textOf(read, { path }), /^ToolError: E_BINARY /, path);
    }
    assert.equal(await textOf(read, { path: "doc.pdf" }), "doc.pdf (PDF document, 17 bytes)\n");
    await truncate(join(folder, "doc.pdf"), 5_000_000_000);
    assert.match(await textOf(read, { path: "doc.pdf" }), /^ToolError: E_TOO_LARGE doc\.pdf has 5,000,000,000 bytes/);
    for (const { ripgrep } of await searchEngines()) {
      const search = createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard);
      assert.match(await textOf(search, { pattern: "needle" }), /^0 results/);
    }
  });

  it("N11 a notebook is read as the text that it is, within the size of one result", async (test) => {
    const folder = await temporaryFolder(test);
    const cell = { cell_type: "code", outputs: [{ data: { "image/png": "A".repeat(5_000_000) } }] };
    await writeTree(folder, { "a.ipynb": JSON.stringify({ cells: [cell], nbformat: 4 }, null, 1) });
    const text = await textOf(createReadFile(fixedWorkspace([folder]), openGuard), { path: "a.ipynb" });
    assert.ok(text.length <= LONGEST_RESULT, `${text.length}`);
    assert.match(text, /^a\.ipynb \(lines 1-\d+ of /);
  });
});

for (const { name, ripgrep } of await searchEngines()) {
  describe(`search_files with ${name}`, () => {
    it("E15 a program of the workspace that is named like ours is not run", async (test) => {
      const folder = await temporaryFolder(test);
      for (const planted of ["rg", "rg.exe", "git"]) {
        await writeFile(join(folder, planted), "#!/bin/sh\ntouch ran\n");
        await chmod(join(folder, planted), 0o755);
      }
      const { PATH: path } = process.env;
      process.env["PATH"] = `.:${folder}:${path}`;
      test.after(() => {
        process.env["PATH"] = path;
      });
      const text = await textOf(createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard), { pattern: "touch" });
      assert.match(text, /^3 results in 3 files/);
      assert.deepEqual((await readdir(folder)).sort(), ["git", "rg", "rg.exe"]);
    });

    it("E16 a pattern that looks like an option is text", async (test) => {
      const folder = await temporaryFolder(test);
      const patterns = ["--pre=./x.sh", "-f/etc/passwd", "--", "--files"];
      await writeTree(folder, { "a.txt": `${patterns.join("\n")}\n`, "x.sh": "#!/bin/sh\ntouch ran\n" });
      await chmod(join(folder, "x.sh"), 0o755);
      const search = createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard);
      for (const [index, pattern] of patterns.entries()) {
        assert.ok((await textOf(search, { pattern })).includes(`  ${index + 1}: ${pattern}`), pattern);
      }
      assert.deepEqual((await readdir(folder)).sort(), ["a.txt", "x.sh"]);
    });

    it("E17 settings for ripgrep are not read", async (test) => {
      const folder = await temporaryFolder(test);
      await writeTree(folder, { ".ripgreprc": "--files\n", "a.txt": "needle\n" });
      process.env["RIPGREP_CONFIG_PATH"] = join(folder, ".ripgreprc");
      test.after(() => {
        delete process.env["RIPGREP_CONFIG_PATH"];
      });
      const text = await textOf(createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard), { pattern: "needle" });
      assert.match(text, /^1 result in 1 file[^\n]*\n\na\.txt\n {2}1: needle$/);
    });

    it("N04 a pattern that backtracks without end ends, and blocks nothing", { timeout: 60_000 }, async (test) => {
      const folder = await temporaryFolder(test);
      await writeTree(folder, { "a.txt": `${"a".repeat(60)}!\n` });
      let beats = 0;
      const pulse = setInterval(() => beats++, 20);
      test.after(() => clearInterval(pulse));
      const text = await textOf(createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard), {
        pattern: "(a+)+$",
        regex: true,
      });
      assert.match(text, /^0 results for/);
      if (name === "the slow engine") assert.match(text, /stopped at the time limit/);
      assert.ok(beats > 0 || name === "ripgrep");
    });

    it("N06 of a million matches a few are told", { timeout: 60_000 }, async (test) => {
      const folder = await temporaryFolder(test);
      await writeTree(folder, {
        "a.txt": `${"needle ".repeat(100)}\n`.repeat(10_000),
        "b.txt": "needle\n".repeat(1_000_000),
      });
      const text = await textOf(createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard), {
        pattern: "needle",
        maxResults: 200,
      });
      assert.ok(text.length <= LONGEST_RESULT);
      const [, count = ""] = /^([\d,]+) results? in/.exec(text) ?? [];
      assert.ok(Number(count) > 0 && Number(count) <= 200, text.slice(0, 100));
    });
  });
}

it("N05 a folder of 10,000 entries and one 4,000 deep are searched as far as they go", {
  timeout: 120_000,
}, async (test) => {
  const folder = await temporaryFolder(test);
  const script =
    "mkdir wide deep; (cd wide; seq -f f%g 10000 | xargs touch; echo needle > z); cd deep; for i in 1 2 3 4; do mkdir -p $D && cd $D; done";
  execFileSync("bash", ["-c", script], { cwd: folder, env: { ...process.env, D: "d/".repeat(1000) } });
  // As far as they go, however slow the machine is.
  test.mock.method(AbortSignal, "timeout", () => new AbortController().signal);
  try {
    for (const { ripgrep } of await searchEngines()) {
      const text = await textOf(createSearchFiles(fixedWorkspace([folder]), ripgrep, openGuard), { pattern: "needle" });
      assert.match(text, /^1 result in 1 file \(.*some files could not be read.*\)\n\nwide\/z\n {2}1: needle$/);
    }
  } finally {
    // Node's own removal goes by whole paths, which are too long here.
    execFileSync("rm", ["-rf", join(folder, "deep")]);
  }
});
