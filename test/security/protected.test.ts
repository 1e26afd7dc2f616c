import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { writeTree } from "../support/write-tree.ts";
import { type FileScene, fileScene, type Judgement } from "./file-scene.ts";

/** Both writing tools, and a file that does not exist yet; every one of them must come to this. */
async function judgeEvery({ ws, judge }: FileScene, path: string): Promise<readonly Judgement[]> {
  const created = await judge("write_file", { path, content: "new\n" });
  await writeTree(ws, { [path]: "old\n" });
  const written = await judge("write_file", { path, content: "new\n" });
  return [created, written, await judge("edit_file", { path, old_text: "old", new_text: "new" })];
}

async function requireModal(test: TestContext, paths: readonly string[]): Promise<void> {
  const scene = await fileScene(test);
  for (const path of paths) {
    for (const { verdict, everyTime, labels, call } of await judgeEvery(scene, path)) {
      assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["protected file"]], path);
      const change = call?.subject.details.find(({ label }) => label === "Change")?.value;
      assert.match(change ?? "", /^\+new$/m, "the whole difference is shown");
    }
  }
}

describe("protected and configuration writes", () => {
  it("D01 UX78 the editor's folders, at any depth", (test) =>
    requireModal(
      test,
      ["settings", "tasks", "launch", "extensions", "mcp"].flatMap((name) => [
        `.vscode/${name}.json`,
        `packages/deep/er/.vscode/${name}.json`,
      ]),
    ));

  it("D02 workspace files, development containers, other editors", (test) =>
    requireModal(test, [
      "x.code-workspace",
      "sub/y.code-workspace",
      ".devcontainer/devcontainer.json",
      ".idea/workspace.xml",
    ]));

  it("D03 UX78 what is git's own is never written, what steers git asks", async (test) => {
    await requireModal(test, [".gitmodules", "sub/.gitattributes"]);
    const { ws, judge } = await fileScene(test);
    await mkdir(join(ws, ".git/hooks"), { recursive: true });
    await writeFile(join(ws, ".git/config"), "old\n");
    for (const path of [".git/hooks/pre-commit", ".git/config", "sub/.git/HEAD", ".GIT/config", "sub/.git"]) {
      const { verdict } = await judge("write_file", { path, content: "new\n" });
      assert.equal(verdict, "deny E_PROTECTED", path);
    }
    const edit = await judge("edit_file", { path: ".git/config", old_text: "old", new_text: "new" });
    assert.equal(edit.verdict, "deny E_PROTECTED");
  });

  it("D04 what runs later", (test) =>
    requireModal(test, [
      ...[
        ".husky/pre-commit",
        "Makefile",
        "sub/GNUmakefile",
        ".npmrc",
        ".envrc",
        ".github/workflows/ci.yml",
        "Dockerfile",
      ],
      ...[
        "a/Dockerfile.dev",
        "app/build.gradle",
        "setup.py",
        "pyproject.toml",
        ".yarnrc.yml",
        "build.rs",
        "package.json",
      ],
    ]));

  it("D05 of package.json only what no program acts on is an ordinary edit", async (test) => {
    const { ws, judge } = await fileScene(test);
    const text = '{\n  "description": "old",\n  "scripts": { "test": "node a" },\n  "dependencies": { "a": "1" }\n}\n';
    await writeFile(join(ws, "package.json"), text);
    const edit = async (old_text: string, new_text: string) => {
      const { verdict, labels } = await judge("edit_file", { path: "package.json", old_text, new_text });
      return [verdict, ...labels];
    };
    assert.deepEqual(await edit('"old"', '"new"'), ["ask 1"]);
    const modal = ["ask 2", "protected file"];
    assert.deepEqual(await edit("node a", "node b"), modal);
    assert.deepEqual(await edit('"a": "1"', '"b": "1"'), modal);
    assert.deepEqual(await edit('"old"', '"old", "scripts": {"postinstall": "x"}'), modal);
    assert.deepEqual(await edit('"old",', '"old", "\\u0062in": "x",'), modal);
    assert.deepEqual(await edit('"old"', '"old", "description": "twice"'), modal, "which of two counts is not certain");
    assert.deepEqual(await edit('"old"', '"old'), modal, "no JSON");
    const whole = text.replace("old", "new");
    assert.equal((await judge("write_file", { path: "package.json", content: whole })).verdict, "ask 1");
    assert.equal((await judge("write_file", { path: "sub/package.json", content: whole })).verdict, "ask 2");
  });

  it("D06 instructions of assistants, and Outcrop's own files", (test) =>
    requireModal(test, [
      ...["AGENTS.md", "docs/CLAUDE.md", "gemini.MD", ".github/copilot-instructions.md", ".cursorrules"],
      ...[".cursor/rules/a.mdc", ".claude/settings.json", "outcrop.policy.json", ".outcropignore"],
    ]));

  it("D07 servers that assistants start", (test) =>
    requireModal(test, ["mcp.json", "sub/.mcp.json", ".amazonq/mcp.json", ".roo/mcp.json", ".continue/config.yaml"]));

  it("D06 a project that lives under an assistant's folder is not itself protected", async (test) => {
    const scene = await fileScene(test);
    const folder = join(scene.home, ".claude/worktrees/project");
    await mkdir(folder, { recursive: true });
    const { judge } = await fileScene(test, { folders: () => [folder], home: scene.home });
    assert.equal((await judge("write_file", { path: "src/a.ts", content: "x" })).verdict, "ask 1");
    assert.equal((await judge("write_file", { path: ".claude/a.md", content: "x" })).verdict, "ask 2");
  });

  it("D08 the editor's user folder and Outcrop's storage are never written, even inside an open folder", async (test) => {
    const { ws, judge } = await fileScene(test, { ownFolders: [] });
    assert.equal((await judge("write_file", { path: "User/settings.json", content: "{}" })).verdict, "ask 1");
    const own = await fileScene(test, { folders: () => [ws], ownFolders: [join(ws, "User"), join(ws, "storage")] });
    for (const path of ["User/settings.json", "storage/rules.json", "USER/keybindings.json"]) {
      assert.equal((await own.judge("write_file", { path, content: "{}" })).verdict, "deny E_PROTECTED", path);
    }
  });

  it("D09 configuration of shells, SSH and AWS is never written, outside or in an open home", async (test) => {
    const { home, judge } = await fileScene(test);
    const open = await fileScene(test, { folders: () => [home], home });
    const paths = [
      ".bashrc",
      ".zshenv",
      ".ssh/authorized_keys",
      ".aws/config",
      ".gitconfig",
      ".config/fish/config.fish",
    ];
    for (const path of paths) {
      for (const [tool, input] of [
        ["write_file", { path: join(home, path), content: "new\n" }],
        ["edit_file", { path: join(home, path), old_text: "old", new_text: "new" }],
      ] as const) {
        await writeTree(home, { [path]: "old\n" });
        assert.equal((await judge(tool, input)).verdict, "deny E_PROTECTED", path);
        assert.equal((await open.judge(tool, input)).verdict, "deny E_PROTECTED", path);
      }
    }
    assert.equal((await open.judge("write_file", { path: "dotfiles/.bashrc", content: "x" })).verdict, "ask 1");
  });

  it("D11 a setting that lifts questions is named", async (test) => {
    const { ws, judge } = await fileScene(test);
    await writeTree(ws, { ".vscode/settings.json": '{ "outcrop.maxSteps": 3 }\n' });
    const settings = [
      ['{ "outcrop.maxSteps": 3, "chat.tools.autoApprove": true }', "chat.tools.autoApprove"],
      ['{ "outcrop.maxSteps": 3, "\\u0063hat.tools.global.autoApprove": true }', "chat.tools.global.autoApprove"],
      ['{ "outcrop.maxSteps": 99 }', "outcrop.maxSteps"],
      ['{ "outcrop.maxSteps": 3, "task.allowAutomaticTasks": "on" } // why not', "task.allowAutomaticTasks"],
    ] as const;
    for (const [content, name] of settings) {
      const { verdict, labels, warnings } = await judge("write_file", { path: ".vscode/settings.json", content });
      assert.deepEqual([verdict, labels], ["ask 2", ["protected file", "changes automatic approval"]]);
      assert.equal(warnings.length, 1);
      assert.ok(warnings[0]?.startsWith(`It sets "${name}" to `), warnings[0]);
    }
    const harmless = '{ "outcrop.maxSteps": 3, "editor.tabSize": 2 }';
    const { labels } = await judge("write_file", { path: ".vscode/settings.json", content: harmless });
    assert.deepEqual(labels, ["protected file"]);
  });

  it("D13 a protected file among others is asked about alone", async (test) => {
    const { judge } = await fileScene(test);
    const paths = ["a.ts", "b.ts", ".vscode/tasks.json", "c.ts"];
    const verdicts: string[] = [];
    for (const path of paths) verdicts.push((await judge("write_file", { path, content: "x" })).verdict);
    assert.deepEqual(verdicts, ["ask 1", "ask 1", "ask 2", "ask 1"]);
  });

  it("D14 a schema that the editor would fetch is named", async (test) => {
    const { judge } = await fileScene(test);
    const content = '{ "$schema": "https://c.example/?q=1", "tasks": [] }';
    const { labels, warnings } = await judge("write_file", { path: ".vscode/tasks.json", content });
    assert.deepEqual(labels, ["protected file", "remote schema"]);
    assert.deepEqual(warnings, ['The editor may fetch this URL: "https://c.example/?q=1"']);
    const local = await judge("write_file", {
      path: ".vscode/tasks.json",
      content: '{ "$schema": "./tasks.schema.json" }',
    });
    assert.deepEqual(local.labels, ["protected file"]);
  });
});
