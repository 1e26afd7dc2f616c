import type * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import type { Prompt } from "../../chat/prompt.ts";
import { t } from "../../protocol/localize.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";
import { requireTrust } from "../forms/require-trust.ts";
import { changesSubject } from "./changes-subject.ts";
import { editorSubject, filesSubject } from "./file-subject.ts";
import { menuTarget } from "./menu-target.ts";
import { problemSubject } from "./problem-subject.ts";
import { type EditorQuestion, promptText } from "./prompt-texts.ts";
import type { Subject } from "./subject.ts";
import { terminalSubject } from "./terminal-subject.ts";

/** Where prompts go that commands make. */
export interface PromptTaker {
  /** Sends it; where the chat cannot take one now, it waits in the composer. */
  ask(prompt: Prompt): Promise<void>;
  /** Puts it into the composer, with what goes along, and sends nothing. */
  prefill(prompt: Prompt): Promise<void>;
}

export interface AskParts {
  readonly chat: PromptTaker;
  readonly guard: () => Promise<FilesGuard>;
}

type Given = readonly unknown[];
type Read = (given: Given, parts: AskParts) => Promise<Subject | undefined>;

/** What an editor or the Explorer shows. `withProblems`: what is wrong there as well. */
export function shownText(withProblems = false): Read {
  return async (given, { guard }) => {
    const targets = menuTarget(given);
    if (targets === undefined) return editorSubject(await guard(), withProblems);
    return requireTrust(t("Outcrop reads files in a trusted workspace only."))
      ? filesSubject(targets, await guard())
      : undefined;
  };
}

export const problems: Read = async (given, { guard }) => problemSubject(given, await guard());
export const terminal: Read = () => terminalSubject();
export const changes: Read = async ([given], { guard }) =>
  requireTrust(t("Outcrop reads changes in a trusted workspace only."))
    ? changesSubject(given, await guard())
    : undefined;

/** Asks about what `read` finds: the prompt is sent, or, for `ask`, put into the composer. */
export async function askAbout(question: EditorQuestion, read: Read, given: Given, parts: AskParts): Promise<void> {
  const subject = await read(given, parts);
  if (subject === undefined) return;
  const { kind, name, detail, attachments } = subject;
  const prompt = { text: promptText(question, kind, name, detail), attachments };
  await (question === "ask" ? parts.chat.prefill(prompt) : parts.chat.ask(prompt));
}

/** Attaches what `read` finds to the next prompt, and leaves the text of it to the user. */
export async function addToChat(read: Read, given: Given, parts: AskParts): Promise<void> {
  const subject = await read(given, parts);
  if (subject === undefined) return;
  const { kind, name, detail, attachments } = subject;
  if (attachments.length === 0 && kind === "folder") return parts.chat.prefill({ text: `\`${name}\` `, attachments });
  await parts.chat.prefill({ text: detail, attachments });
}

/** A file that an answer names, as a menu of the panel gives it. */
export async function addFile(file: vscode.Uri | undefined, { chat, guard }: AskParts): Promise<void> {
  if (file === undefined) throw new ToolError(t("There is no such file in the workspace."));
  if (!requireTrust(t("Outcrop reads files in a trusted workspace only."))) return;
  const { attachments } = await filesSubject([file], await guard());
  await chat.prefill({ text: "", attachments });
}
