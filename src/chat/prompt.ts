import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import type { Attachment, ChatEvent } from "../protocol/chat-event.ts";
import type { Connection } from "../protocol/connection.ts";

/** An attachment with the text that goes to the model. */
export interface PromptAttachment extends Attachment {
  readonly text: string;
  /** VS Code's language identifier. */
  readonly language: string;
}

export interface Prompt {
  readonly text: string;
  readonly attachments: readonly PromptAttachment[];
}

/** The user's message: what they attached, then what they wrote. `note`: what the model is to know before. */
export function toUserMessage({ text, attachments }: Prompt, note?: string): Message {
  const content: ContentBlock[] = attachments.map((attachment) => ({ text: attachmentText(attachment) }));
  return { role: "user", content: [...(note === undefined ? [] : [{ text: note }]), ...content, { text }] };
}

/** Whether a text of a user's message is what they attached, and not what they wrote. */
export function isAttachmentText(text: string): boolean {
  return /^Selection from .+, lines \d+ to \d+:\n`{3,}/u.test(text);
}

function attachmentText({ path, startLine, endLine, text, language }: PromptAttachment): string {
  const fence = "`".repeat(Math.max(3, longestBacktickRun(text) + 1));
  return `Selection from ${path}, lines ${startLine} to ${endLine}:\n${fence}${language}\n${text}\n${fence}`;
}

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
export function toAttachment({ id, label, path, startLine, endLine }: PromptAttachment): Attachment {
  return { id, label, path, startLine, endLine };
}
