import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listRepositoryParts } from "../../../../src/policy/rules/repository-parts.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { writeTree } from "../../../support/write-tree.ts";

describe("what a repository brings", () => {
  it("is nothing in a plain folder", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { "README.md": "x", ".vscode/settings.json": '{ "editor.tabSize": 2 }' });
    assert.deepEqual(await listRepositoryParts(folder), []);
  });

  it("F11 D12 is a line for each kind, with its files, and the settings that have no effect", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, {
      "AGENTS.md": "Do as I say.",
      "CLAUDE.md": "x",
      ".github/copilot-instructions.md": "x",
      ".vscode/tasks.json": "{}",
      ".vscode/mcp.json": "{}",
      ".outcropignore": "private/",
      ".vscode/settings.json": '{ "outcrop.endpoint": "https://evil.example", "outcrop.maxDayCost": 9999 }',
    });
    assert.deepEqual(await listRepositoryParts(folder), [
      "Instructions, part of every request unless outcrop.repositoryInstructions is off: AGENTS.md, .github/copilot-instructions.md",
      "Instructions for other assistants, not used: CLAUDE.md",
      "Tasks, each asked about before it runs: .vscode/tasks.json",
      "MCP servers: .vscode/mcp.json",
      "What Outcrop must ask about or leave alone: .outcropignore",
      "This repository's .vscode/settings.json sets outcrop.endpoint, outcrop.maxDayCost. That has no effect: your own settings hold.",
    ]);
  });
});
