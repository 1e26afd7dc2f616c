import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { t, text } from "../../protocol/localize.ts";
import { describeRepositorySettings } from "./repository-settings.ts";

/** Files by which a repository speaks to assistants, or has something run. */
const kinds: readonly (readonly [string, readonly string[]])[] = [
  [
    text("Instructions, part of every request unless outcrop.repositoryInstructions is off"),
    ["AGENTS.md", ".github/copilot-instructions.md"],
  ],
  [text("Instructions for other assistants, not used"), ["CLAUDE.md", "GEMINI.md", ".cursorrules"]],
  [text("Tasks, each asked about before it runs"), [".vscode/tasks.json"]],
  [text("MCP servers"), [".mcp.json", ".vscode/mcp.json"]],
  [
    text("HTTP tools, none used unless you pick it"),
    [".outcrop/http-tools.json", ".outcrop/openapi.json", ".outcrop/openapi.yaml", ".outcrop/openapi.yml"],
  ],
  [text("What Outcrop must ask about or leave alone"), ["outcrop.policy.json", ".outcropignore"]],
];

/** What a repository brings that the user should know of before the first prompt, a line for each kind. Nothing of it is run. */
export async function listRepositoryParts(folder: string): Promise<readonly string[]> {
  const lines = await Promise.all(
    kinds.map(async ([kind, names]) => {
      const found = await Promise.all(names.map(async (name) => ((await isThere(join(folder, name))) ? [name] : [])));
      return found.flat().length === 0 ? [] : [t("{0}: {1}", t(kind), found.flat().join(", "))];
    }),
  );
  const settings = await describeRepositorySettings(folder);
  return [...lines.flat(), ...(settings === undefined ? [] : [settings])];
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
