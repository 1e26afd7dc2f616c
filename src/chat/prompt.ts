import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import type { Attachment } from "../protocol/attachment.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import type { Connection } from "../protocol/connection.ts";

/** An attachment with what goes to the model. */
export interface PromptAttachment extends Attachment {
  /** Empty: `media` says it all, or nothing goes. */
  readonly text: string;
  /** VS Code's language identifier; empty for plain text. */
  readonly language: string;
  /** An image or a document, as a block of its own behind the text. */
  readonly media?: ContentBlock;
}

export interface Prompt {
  readonly text: string;
  readonly attachments: readonly PromptAttachment[];
}

/** Something that is attached is from outside the workspace. */
export function isUntrusted({ attachments }: Prompt): boolean {
  return attachments.some(({ untrusted }) => untrusted === true);
}

/** What the user chose to attach. What comes along unasked comes along again with the next prompt. */
export function chosenOf(attachments: Prompt["attachments"]): Prompt["attachments"] {
  return attachments.filter(({ kind }) => kind !== "prompt" && kind !== "instructions");
}

/** The user's message: what they attached, then what they wrote. `note`: what the model is to know before. */
export function toUserMessage({ text, attachments }: Prompt, note?: string): Message {
  const content = attachments.flatMap(attachmentBlocks);
  return { role: "user", content: [...(note === undefined ? [] : [{ text: note }]), ...content, { text }] };
}

/** Whether a text of a user's message is what they attached, and not what they wrote. */
export function isAttachmentText(text: string): boolean {
  return /^(?:Selection from .+, lines \d+ to \d+|Attached [a-z ]+: [^\n]*):\n`{3,}/u.test(text);
}

/** What is in the way of an attachment is in the transcript, and not in the message. */
function attachmentBlocks(attachment: PromptAttachment): readonly ContentBlock[] {
  const { text, language, media, problem } = attachment;
  if (problem !== undefined && media === undefined) return [];
  const fence = "`".repeat(Math.max(3, longestBacktickRun(text) + 1));
  const block = { text: `${headingOf(attachment)}:\n${fence}${language}\n${text}\n${fence}` };
  return [...(text === "" ? [] : [block]), ...(media === undefined ? [] : [media])];
}

function headingOf({ kind = "selection", label, path, startLine, endLine }: PromptAttachment): string {
  if (kind === "selection" && startLine !== undefined) {
    return `Selection from ${path ?? label}, lines ${startLine} to ${endLine ?? startLine}`;
  }
  return `Attached ${nouns[kind]}: ${(path ?? label).replaceAll("\n", " ")}`;
}

const nouns = {
  selection: "selection",
  file: "file",
  folder: "folder",
  symbol: "symbol",
  problems: "problems",
  changes: "changes",
  terminal: "terminal selection",
  image: "image",
  document: "document",
  pasted: "text",
  url: "web page",
  prompt: "instructions of the user",
  instructions: "instructions",
} as const;

function longestBacktickRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** How the turn of a prompt begins. */
export function turnStart(
  { text, attachments }: Prompt,
  turn: { readonly turnId: string; readonly connection: Connection; readonly at: number },
): ChatEvent {
  return { type: "turn-start", ...turn, prompt: text, attachments: attachments.map(toAttachment) };
}

/** What the transcript keeps of an attachment. */
export function toAttachment({ text: _, language: __, media: ___, ...attachment }: PromptAttachment): Attachment {
  return attachment;
}
