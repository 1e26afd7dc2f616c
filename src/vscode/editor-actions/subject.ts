import type { PromptAttachment } from "../../chat/prompt.ts";
import type { SubjectKind } from "./prompt-texts.ts";

/** What a command is about, read and ready to be sent. */
export interface Subject {
  readonly kind: SubjectKind;
  /** As the prompt names it. */
  readonly name: string;
  /** What stands below the prompt; empty: nothing. */
  readonly detail: string;
  readonly attachments: readonly PromptAttachment[];
}
