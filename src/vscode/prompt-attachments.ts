import { type PromptAttachment, toAttachment } from "../chat/prompt.ts";
import type { Attachment } from "../protocol/chat-event.ts";

/** What goes with the next prompt. */
export class PromptAttachments {
  readonly #kept = new Map<string, PromptAttachment>();

  get shown(): readonly Attachment[] {
    return [...this.#kept.values()].map(toAttachment);
  }

  /** The same text is attached once. */
  add(attachment: PromptAttachment): void {
    const isAttached = [...this.#kept.values()].some((other) => isSameText(other, attachment));
    if (!isAttached) this.#kept.set(attachment.id, attachment);
  }

  /** Those of the ids that are attached, in the order of the ids. */
  pick(ids: readonly string[]): readonly PromptAttachment[] {
    return ids.flatMap((id) => this.#kept.get(id) ?? []);
  }

  remove(id: string): void {
    this.#kept.delete(id);
  }

  clear(): void {
    this.#kept.clear();
  }
}

function isSameText(one: PromptAttachment, other: PromptAttachment): boolean {
  return one.path === other.path && one.startLine === other.startLine && one.text === other.text;
}
