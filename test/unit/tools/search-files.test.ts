import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { createSearchFiles } from "../../../src/tools/search-files.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { searchEngines } from "../../support/search-engines.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const SLOW_NOTE = "slow search: ripgrep was not found, regular expressions are JavaScript's";

for (const { name, ripgrep } of await searchEngines()) {
  const isSlow = name === "the slow engine";
  /** The parentheses behind the counts: these remarks, and the slow engine's own. */
  const remarks = (...own: readonly string[]) => {
    const all = isSlow ? [...own, SLOW_NOTE] : own;
    return all.length === 0 ? "" : ` (${all.join("; ")})`;
  };
  const open = async (context: TestContext, files: Readonly<Record<string, string | Uint8Array>>) => {
    const root = await temporaryFolder(context);
    await writeTree(root, files);
    return { root, search: createSearchFiles(fixedWorkspace([root]), ripgrep, openGuard) };
  };

  test(`With ${name} search_files groups lines by file and counts them`, async (context) => {
    const { root, search } = await open(context, {
      "src/a.ts": "const retryDelay = 1;\n\n  return retryDelay;\n",
      "src/deep/b.ts": "// RetryDelay\r\n",
      "other.md": "retryDelay",
    });

    const { call, title, text } = await runTool(search, { pattern: "retrydelay", path: "src" });

    assert.equal(call.title, 'Searching for "retrydelay" in src');
    assert.equal(call.effect, "read");
    assert.deepEqual(call.targets, [{ path: join(root, "src") }]);
    assert.equal(title, 'Searched for "retrydelay" in src, 3 results in 2 files');
    assert.equal(
      text,
      `3 results in 2 files${remarks()}\n\nsrc/a.ts\n  1: const retryDelay = 1;\n  3:   return retryDelay;\n\nsrc/deep/b.ts\n  1: // RetryDelay`,
    );
  });

  test(`With ${name} an upper-case letter makes the search sensitive, caseSensitive decides otherwise`, async (context) => {
    const { search } = await open(context, { "a.txt": "retry\nRetry\nRETRY\n" });
    const count = async (input: Readonly<Record<string, unknown>>) => (await runTool(search, input)).text.split(" ")[0];

    assert.equal(await count({ pattern: "retry" }), "3");
    assert.equal(await count({ pattern: "Retry" }), "1");
    assert.equal(await count({ pattern: "Retry", caseSensitive: false }), "3");
    assert.equal(await count({ pattern: "retry", caseSensitive: true }), "1");
    assert.equal(await count({ pattern: "r\\Stry", regex: true }), "3");
  });

  test(`With ${name} a pattern is text unless regex is set, also when it looks like an option`, async (context) => {
    const { search } = await open(context, { "a.txt": "a.c\nabc\n--pre=./x.sh\n-f/etc/passwd\n--\n" });
    const find = async (pattern: string, regex = false) =>
      (await runTool(search, { pattern, regex })).text.split("\n").slice(3);

    assert.deepEqual(await find("a.c"), ["  1: a.c"]);
    assert.deepEqual(await find("a.c", true), ["  1: a.c", "  2: abc"]);
    assert.deepEqual(await find("--pre=./x.sh"), ["  3: --pre=./x.sh"]);
    assert.deepEqual(await find("-f/etc/passwd"), ["  4: -f/etc/passwd"]);
    assert.deepEqual(await find("--"), ["  3: --pre=./x.sh", "  5: --"]);
  });

  test(`With ${name} ignored files, .git and linked folders are left out, hidden files are not`, async (context) => {
    const outside = await temporaryFolder(context);
    await writeTree(outside, { "secret.txt": "needle" });
    const { root, search } = await open(context, {
      ".gitignore": "build/\n*.log\n",
      ".git/config": "needle",
      ".hidden/a.txt": "needle",
      "build/out.js": "needle",
      "src/run.log": "needle",
      "src/a.ts": "needle",
    });
    await symlink(outside, join(root, "linked"));
    await symlink(join(outside, "secret.txt"), join(root, "linked.txt"));

    const plain = await runTool(search, { pattern: "needle" });
    const withGlob = await runTool(search, { pattern: "needle", glob: "*.log" });
    const all = await runTool(search, { pattern: "needle", includeIgnored: true });
    const named = await runTool(search, { pattern: "needle", path: "build" });

    assert.equal(plain.text, `2 results in 2 files${remarks()}\n\n.hidden/a.txt\n  1: needle\n\nsrc/a.ts\n  1: needle`);
    assert.equal(withGlob.text, `0 results for "needle"${remarks("ignored files were not searched")}`);
    assert.deepEqual(
      all.text
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith(" "))
        .slice(1),
      [".hidden/a.txt", "build/out.js", "src/a.ts", "src/run.log"],
    );
    assert.equal(named.text, `1 result in 1 file${remarks()}\n\nbuild/out.js\n  1: needle`);
  });

  test(`With ${name} globs choose files and exclude them`, async (context) => {
    const { search } = await open(context, { "src/a.ts": "x", "src/b.tsx": "x", "src/c.md": "x", "test/d.ts": "x" });
    const files = async (glob: string) =>
      (await runTool(search, { pattern: "x", glob })).text.split("\n").filter((line) => /^\w+\/\w/.test(line));

    assert.deepEqual(await files("src/**/*.{ts,tsx}"), ["src/a.ts", "src/b.tsx"]);
    assert.deepEqual(await files("*.ts"), ["src/a.ts", "test/d.ts"]);
    assert.deepEqual(await files("src"), ["src/a.ts", "src/b.tsx", "src/c.md"]);
    assert.deepEqual(await files("!src/"), ["test/d.ts"]);
    assert.deepEqual(await files("src/[{a]*.{ts,md}"), ["src/a.ts"]);
    for (const glob of ["{a", "[z"]) {
      const message = new RegExp(`^ToolError: The glob "\\${glob}" is not valid: unclosed `);
      await assert.rejects(runTool(search, { pattern: "x", glob }), message);
    }
  });

  test(`With ${name} the search stops at the limit and says so`, async (context) => {
    const { search } = await open(context, { "big.txt": `${"needle ".repeat(100)}\n`.repeat(20_000) });

    const few = await runTool(search, { pattern: "needle", maxResults: 3 });
    const many = await runTool(search, { pattern: "needle", maxResults: 200 });

    assert.equal(
      few.text.split("\n")[0],
      `3 results in 1 file${remarks("stopped at the limit of 3; narrow the pattern or the glob for the rest")}`,
    );
    assert.match(many.text, /^200 results in 1 file \(stopped at the limit of 200; /);
    assert.equal(many.text.match(/^ {2}\d+: /gmu)?.length, 200);
    assert.equal(many.whenCut, "A narrower pattern or glob finds less.");
  });

  test(`With ${name} binary files are left out, and one that is named is refused`, async (context) => {
    const { search } = await open(context, {
      "a.bin": "needle\0needle",
      "wide.txt": Buffer.from("\uFEFFneedle\n", "utf16le"),
    });

    const { text } = await runTool(search, { pattern: "needle" });

    assert.equal(text, `1 result in 1 file${remarks()}\n\nwide.txt\n  1: needle`);
    await assert.rejects(
      runTool(search, { pattern: "needle", path: "a.bin" }),
      /^ToolError: E_BINARY a\.bin is binary data/,
    );
  });

  test(`With ${name} a wrong regular expression is answered with what is wrong`, async (context) => {
    const { search } = await open(context, { "a.txt": "x" });

    await assert.rejects(
      runTool(search, { pattern: "(unclosed", regex: true }),
      /^ToolError: .*(unclosed group|Unterminated group)/is,
    );
  });

  test(`With ${name} several folders are searched, each path with its folder's name`, async (context) => {
    const root = await temporaryFolder(context);
    await writeTree(root, { "api/a.ts": "needle", "web/src/b.ts": "needle", "aside/c.ts": "needle" });
    const search = createSearchFiles(fixedWorkspace([join(root, "web"), join(root, "api")]), ripgrep, openGuard);

    const everywhere = await runTool(search, { pattern: "needle" });
    const below = await runTool(search, { pattern: "needle", path: "web/src" });
    const outside = await runTool(search, { pattern: "needle", path: join(root, "aside") });

    assert.equal(
      everywhere.text,
      `2 results in 2 files${remarks()}\n\nweb/src/b.ts\n  1: needle\n\napi/a.ts\n  1: needle`,
    );
    assert.equal(below.title, 'Searched for "needle" in web/src, 1 result in 1 file');
    assert.deepEqual(outside.call.targets, [{ path: join(root, "aside") }]);
    assert.equal(outside.text, `1 result in 1 file${remarks()}\n\n${root}/aside/c.ts\n  1: needle`);
  });

  test(`With ${name} a loop of links ends the search of it, not the search beside it`, async (context) => {
    const { root, search } = await open(context, { "a.txt": "needle" });
    await symlink("loop-b", join(root, "loop-a"));
    await symlink("loop-a", join(root, "loop-b"));
    await symlink(".", join(root, "self"));

    assert.match((await runTool(search, { pattern: "needle" })).text, /^1 result in 1 file/);
    await assert.rejects(
      runTool(search, { pattern: "needle", path: "loop-a" }),
      /^ToolError: E_PATH loop-a is a link that leads back/,
    );
  });

  test(`With ${name} pipes are not waited for`, async (context) => {
    const { root, search } = await open(context, { "a.txt": "needle" });
    await promisify(execFile)("mkfifo", [join(root, "pipe")]);

    assert.match((await runTool(search, { pattern: "needle" })).text, /^1 result in 1 file/);
    await assert.rejects(runTool(search, { pattern: "needle", path: "pipe" }), /^ToolError: E_PATH pipe is a pipe/);
  });

  test(`With ${name} programs and settings of the workspace are not used`, async (context) => {
    const { root, search } = await open(context, {
      rg: "#!/bin/sh\ntouch ran\n",
      ".ripgreprc": "--files\n",
      "a.txt": "needle",
    });
    await chmod(join(root, "rg"), 0o755);
    process.env["RIPGREP_CONFIG_PATH"] = join(root, ".ripgreprc");
    context.after(() => delete process.env["RIPGREP_CONFIG_PATH"]);

    const { text } = await runTool(search, { pattern: "needle" });

    assert.equal(text, `1 result in 1 file${remarks()}\n\na.txt\n  1: needle`);
    await assert.rejects(runTool(search, { pattern: "x", path: "ran" }), /^ToolError: ran does not exist/);
  });

  test(`With ${name} cancelling ends the search`, async (context) => {
    const { search } = await open(context, { "a.txt": "needle" });
    const controller = new AbortController();
    const reason = new Error("stopped by the user");
    controller.abort(reason);

    await assert.rejects(runTool(search, { pattern: "needle" }, controller.signal), reason);
  });
}

test("search_files refuses what leaves the workspace by a glob, line breaks, and a search without a folder", async () => {
  const search = createSearchFiles(fixedWorkspace(["/ws"]), async () => undefined, openGuard);
  const none = createSearchFiles(fixedWorkspace([]), async () => undefined, openGuard);

  await assert.rejects(runTool(search, { pattern: "x", glob: "../**" }), /^ToolError: E_PATH The glob/);
  await assert.rejects(runTool(search, { pattern: "x", glob: "/etc/*" }), /^ToolError: E_PATH The glob/);
  await assert.rejects(runTool(search, { pattern: "x", path: "file:///etc" }), /^ToolError: E_PATH/);
  await assert.rejects(runTool(search, { pattern: "a\nb" }), /^ToolError: The search goes line by line/);
  await assert.rejects(runTool(search, { pattern: "" }), /^ToolError: E_SCHEMA The input of search_files is not valid/);
  await assert.rejects(runTool(none, { pattern: "x" }), /^ToolError: E_OUTSIDE No folder is open/);
});
