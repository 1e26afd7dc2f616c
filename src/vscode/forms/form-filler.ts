import type { Form } from "../../agent/extract.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";

export interface FormQuestion<Value> {
  readonly form: Form<Value>;
  readonly system: string;
  readonly input: string;
  readonly limitMs: number;
}

/** A model that fills in forms for a command: paid for, masked and limited as a chat's. */
export interface FormFiller {
  /** Who is asked, as a sentence names them: claude-haiku-4-5. */
  readonly name: string;
  /** What may be read of files, and with what masked. */
  readonly guard: FilesGuard;
  /** Rejects with the signal's reason, or with what `describeFormError` tells. */
  fill<Value>(question: FormQuestion<Value>, signal: AbortSignal): Promise<Value>;
  /** What that has cost so far: `$0.0012`; undefined where nothing costs. */
  cost(): string | undefined;
}

/** Which model: the fast one where the user has named one, or the one that answers the chat. */
export type OpenFormFiller = (which: "fast" | "chat") => Promise<FormFiller>;
