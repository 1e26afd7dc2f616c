import type { PromptAttachment } from "../../chat/prompt.ts";
import type { Attachment, ContextReference, ImplicitContext } from "../../protocol/attachment.ts";
import type { GatheredContext } from "../../tools/context/read-context.ts";
import type { Chip, KeptChip } from "./kept-chips.ts";

/** What the active editor offers without being asked. */
export interface ImplicitSource {
  readonly current: ImplicitContext | undefined;
  toggle(): void;
  /** What goes with the next prompt of it. */
  gather(): Promise<readonly PromptAttachment[]>;
}

export interface PromptContextOptions {
  /** Finds, judges and reads. Loads what it needs on the first call. Rejects with what the user is told. */
  readonly gather: (reference: ContextReference) => Promise<readonly GatheredContext[]>;
  readonly implicit: ImplicitSource;
  /** What comes with a prompt by its text, and with every prompt. `instead`: of the turn in whose place it is sent. */
  readonly attendants: (text: string, instead?: string) => Promise<readonly PromptAttachment[]>;
  /** Why the model that is chosen now gets nothing of this kind. */
  readonly refusal: (kind: Attachment["kind"]) => string | undefined;
  /** What a person is told of an expected failure; undefined for a bug. */
  readonly reasonOf: (error: unknown) => string | undefined;
  /** Where what is attached outlives the window. */
  readonly memory: { load(): Promise<readonly KeptChip[]>; save(chips: readonly Chip[]): void };
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
}
