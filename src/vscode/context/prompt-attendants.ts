import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import type { PromptAttachment } from "../../chat/prompt.ts";
import type { Attachment } from "../../protocol/attachment.ts";
import { t } from "../../protocol/localize.ts";
import { commandName, type PromptFiles } from "../../tools/context/prompt-files.ts";
import type { RepositoryInstructions } from "../../tools/context/repository-instructions.ts";

export interface AttendantsParts {
  readonly instructions: RepositoryInstructions;
  readonly files: () => Promise<PromptFiles>;
  /** What the prompts of the chat came with before. */
  readonly before: () => readonly Attachment[];
}

/** What comes with a prompt that nobody attached: the prompt file that it names, and what is shown of the repository's instructions. */
export async function promptAttendants(
  text: string,
  { instructions, files, before }: AttendantsParts,
): Promise<readonly PromptAttachment[]> {
  await instructions.look();
  const used = instructions.attachments(before()).map((one) => ({ ...one, text: "", language: "" }));
  if (commandName(text) === undefined) return used;
  if (commandName(text) === "init") return [...used, toAttachment("init", undefined, initPrompt)];
  const file = await (await files()).named(text);
  return file === undefined ? used : [...used, toAttachment(file.name, file.path, file.text)];
}

function toAttachment(name: string, path: string | undefined, text: string): PromptAttachment {
  return {
    id: randomUUID(),
    kind: "prompt",
    label: `/${name}`,
    ...(path !== undefined && isInWorkspace(path) && { path: vscode.workspace.asRelativePath(path) }),
    detail: path === undefined ? t("What Outcrop asks for you") : t("Prompt file {0}", basename(path)),
    text: `${text}\n\nThe user asks for this by /${name}; what follows that in their message is its input.`,
    language: "markdown",
  };
}

/** The chip of any other opens nothing. */
function isInWorkspace(path: string): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path)) !== undefined;
}

const initPrompt = `Write instructions for coding assistants into AGENTS.md at the root of the workspace, or improve those that are there.
Look first: the README, the package or build files, the configuration of linters and tests, the layout of the sources, and what CI runs.
Say in at most 60 lines what somebody needs to work here and cannot see at once: the commands to build, test and check (also of a single test), how the code is laid out, the conventions that the code really follows, and what must not be done. Take over what other instruction files for assistants say. Leave out what any project has, and what you did not find in the files.`;
