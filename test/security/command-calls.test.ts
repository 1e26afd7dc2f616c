import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeTree } from "../support/write-tree.ts";
import { fileScene } from "./file-scene.ts";

describe("command lines through the gate", () => {
  it("E01 a line that a rule covers runs without a question, and its record names the rule", async (test) => {
    const { ws, play } = await fileScene(test, { rules: ['allow run_command(prefix "cat *")'] });
    await writeTree(ws, { "README.md": "read me\n" });
    const { text, requests, decisions } = await play("run_command", { command: "cat README.md" });
    assert.deepEqual([text, requests], ["The command finished with exit code 0\nread me", []]);
    assert.deepEqual(
      decisions.map(({ decision, by }) => [decision, by]),
      [["allow", 'rule:allow run_command(prefix "cat *")']],
    );
  });

  it("C05 a rule for cat does not cover what the ignore file lists", async (test) => {
    const { ws, judge } = await fileScene(test, { rules: ['allow run_command(prefix "cat *")'] });
    await writeTree(ws, { ".outcropignore": "private/**\n", "private/x": "x\n", ".env": "A=b\n" });
    const { verdict, everyTime, labels, request } = await judge("run_command", { command: "cat private/x" });
    assert.deepEqual([verdict, everyTime, labels], ["ask 1", true, ["ignored file"]]);
    assert.ok(
      request?.details.some(
        ({ label, value }) => label === "Touches (ignored)" && value === `private/x → ${join(ws, "private/x")}`,
      ),
    );
    const secret = await judge("run_command", { command: "cat .env" });
    assert.deepEqual([secret.verdict, secret.everyTime, secret.labels], ["ask 1", true, ["secret file"]]);
  });

  it("D10 a redirection into a protected file asks in a modal that lists it, whatever the rule is", async (test) => {
    for (const rule of ['prefix "echo *"', 'exact "echo x > .vscode/settings.json"']) {
      const { ws, judge } = await fileScene(test, { rules: [`allow run_command(${rule})`] });
      const { verdict, everyTime, labels, request } = await judge("run_command", {
        command: "echo x > .vscode/settings.json",
      });
      assert.deepEqual([verdict, everyTime, labels.includes("protected file")], ["ask 2", true, true], rule);
      assert.deepEqual(
        request?.details.filter(({ label }) => label.startsWith("Touches")),
        [{ label: "Touches (protected)", value: `.vscode/settings.json → ${join(ws, ".vscode/settings.json")}` }],
      );
    }
  });

  it("D15 deleting or renaming a protected file, or making one of another, asks in a modal by any rule", async (test) => {
    const lines = [
      "rm .vscode/settings.json",
      "rm -rf .vscode",
      "mv .vscode/settings.json elsewhere.json",
      "mv a.ts .vscode/tasks.json",
      "mv a.ts Makefile",
      "cp a.ts .husky/pre-commit",
      "git mv a.ts .envrc",
      "git rm package.json",
      "unlink AGENTS.md",
    ];
    const rules = lines.map((line) => `allow run_command(exact ${JSON.stringify(line)})`);
    const { ws, judge } = await fileScene(test, { rules });
    await writeTree(ws, {
      ...{ ".vscode/settings.json": "{}\n", "a.ts": "a\n", "package.json": "{}\n", "AGENTS.md": "a\n" },
    });
    for (const command of lines) {
      const { verdict, everyTime, labels } = await judge("run_command", { command });
      assert.deepEqual([verdict, everyTime, labels.includes("protected file")], ["ask 2", true, true], command);
    }
  });

  it("D15 no tool deletes or renames, and one that is made up is refused", async (test) => {
    const { ws, play } = await fileScene(test);
    await writeTree(ws, { "a.ts": "a\n" });
    for (const name of ["delete_file", "rename_file", "move_file"]) {
      const { text, requests, decisions } = await play(name, { path: "a.ts", to: "Makefile" });
      assert.match(
        text,
        /^E_SCHEMA There is no tool .*\. The tools are: search_files, read_file, edit_file, write_file, run_task, run_tests, run_command, get_output\.$/,
      );
      assert.deepEqual([requests, decisions.map(({ decision }) => decision)], [[], ["deny"]]);
    }
    assert.deepEqual(await readdir(ws), ["a.ts"]);
  });

  it("E14 another repository, or another git directory, asks although the words behind it are covered", async (test) => {
    const { ws, judge, play } = await fileScene(test, { rules: ['allow run_command(prefix "git status *")'] });
    execFileSync("git", ["init", "--quiet", ws]);
    await writeTree(ws, { "bare/HEAD": "ref: refs/heads/main\n", "bare/config": "[core]\n\tbare = true\n" });
    assert.deepEqual((await play("run_command", { command: "git status --short" })).requests, []);
    for (const command of [
      "git -C bare status",
      "git --git-dir=bare status",
      "git --git-dir bare status",
      "git --work-tree=/ status",
      "git -c core.fsmonitor=./x status",
      "GIT_DIR=bare git status",
      "git --exec-path=. status",
      "cd bare && git status",
    ]) {
      assert.match((await judge("run_command", { command })).verdict, /^ask/, command);
    }
  });

  it("B13 A15 what a command does outside is asked about in a modal, and no rule covers it", async (test) => {
    const line = "touch ../out/made";
    const { out, judge, play } = await fileScene(test, { rules: [`allow run_command(exact "${line}")`] });
    const { verdict, everyTime, labels } = await judge("run_command", { command: line });
    assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["outside workspace"]]);
    assert.equal((await play("run_command", { command: line })).isError, false);
    assert.equal(await readFile(join(out, "made"), "utf8"), "");
  });
});
