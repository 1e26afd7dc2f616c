/**
 * What an attachment is. `prompt`: a prompt file that a slash command names; `instructions`: the repository's own, part of
 * the system prompt.
 */
export type AttachmentKind =
  | "selection"
  | "file"
  | "folder"
  | "symbol"
  | "problems"
  | "changes"
  | "terminal"
  | "image"
  | "document"
  | "pasted"
  | "url"
  | "prompt"
  | "instructions";

/** Context that the user attached to a prompt. */
export interface Attachment {
  readonly id: string;
  /** As the chip shows it, for example `retry-delay.ts:10-20`. */
  readonly label: string;
  /** Absent: a selection, as in journals from before there were others. */
  readonly kind?: AttachmentKind;
  /** Workspace-relative, absolute outside; the address of a page. Absent where it is of no place. */
  readonly path?: string;
  /** 1-based. Absent: all of it. */
  readonly startLine?: number;
  /** 1-based, inclusive. */
  readonly endLine?: number;
  /** What there is to say of it besides: a size, a count. */
  readonly detail?: string;
  /** It is still being read. */
  readonly loading?: true;
  /** It is from outside the workspace: in the turn that it goes with, no rule alone lets an act through. */
  readonly untrusted?: true;
  /** Why the model does not get it. */
  readonly problem?: string;
}

/** What the user wants attached, as the panel names it. The host finds it, judges it and reads it. */
export type ContextReference =
  | { readonly kind: "file" | "folder"; readonly path: string }
  | {
      readonly kind: "symbol";
      readonly name: string;
      readonly path: string;
      readonly startLine: number;
      readonly endLine: number;
    }
  | { readonly kind: "selection" | "problems" | "changes" | "terminal" | "editors" }
  | { readonly kind: "url"; readonly url: string }
  /** What was dropped: a file or folder, by its URI. */
  | { readonly kind: "uri"; readonly uri: string }
  | { readonly kind: "pasted"; readonly text: string }
  /** A file that the page holds, base64. */
  | { readonly kind: "upload"; readonly name: string; readonly data: string };

/** What may be attached, as a search finds it. */
export interface ContextItem {
  readonly reference: ContextReference;
  readonly label: string;
  /** Where it is. */
  readonly description: string;
}

/** The active editor's file or selection: a suggestion until the user takes it. */
export interface ImplicitContext {
  readonly attachment: Attachment;
  /** It goes with the next prompt. */
  readonly enabled: boolean;
}

/** A prompt file of the user's or of the repository's. */
export interface PromptFile {
  /** What is typed behind the slash. */
  readonly name: string;
  readonly description: string;
}
