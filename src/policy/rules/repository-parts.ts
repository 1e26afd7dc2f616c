import { join } from "node:path";
import { parse } from "jsonc-parser";
import * as z from "zod";
import { readPolicyText } from "./repository-policy.ts";

type Describe = (text: string) => string;

const instructions: Describe = (text) =>
  `instructions for assistants, ${count(text.trimEnd().split("\n").length, "line")}; Outcrop does not read them by itself`;
const servers: Describe = () => "servers for assistants (MCP); Outcrop starts none";
const hooks: Describe = () => "hooks that git runs; off where a rule lets git run unasked";

/** What a repository may bring that steers an assistant or runs programs, by its place in the folder. */
const places: readonly (readonly [string, Describe])[] = [
  ["AGENTS.md", instructions],
  ["AGENT.md", instructions],
  ["CLAUDE.md", instructions],
  ["GEMINI.md", instructions],
  [".cursorrules", instructions],
  [".windsurfrules", instructions],
  [".clinerules", instructions],
  [".github/copilot-instructions.md", instructions],
  [".vscode/tasks.json", describeTasks],
  [".vscode/mcp.json", servers],
  [".cursor/mcp.json", servers],
  [".mcp.json", servers],
  ["mcp.json", servers],
  [".pre-commit-config.yaml", hooks],
  [".husky/pre-commit", hooks],
  ["outcrop.policy.json", () => "rules that ask or deny; none that allows"],
  [".outcropignore", () => "files that no tool touches"],
];

/** What a folder of the workspace brings, a line each, without the text of any of it. */
export async function listRepositoryParts(folder: string): Promise<readonly string[]> {
  const found = await Promise.all(places.map(([place, describe]) => describePart(folder, place, describe)));
  return found.filter((line) => line !== undefined);
}

async function describePart(folder: string, place: string, describe: Describe): Promise<string | undefined> {
  // A folder of that name, a link and a file that is too large are there as well; there is no more to say of them.
  const text = await readPolicyText(join(folder, place)).catch(() => "");
  return text === undefined ? undefined : `${place}: ${describe(text)}`;
}

const tasksFile = z.object({ tasks: z.array(z.unknown()).default([]) });

function describeTasks(text: string): string {
  const { success, data } = tasksFile.safeParse(parse(text, [], { allowTrailingComma: true }));
  return `${success ? count(data.tasks.length, "task") : "tasks"}; each is asked about before it runs`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
