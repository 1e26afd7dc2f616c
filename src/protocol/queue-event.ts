import type { Attachment } from "./attachment.ts";
import type { QueuedPrompt } from "./queued-prompt.ts";

/** What becomes of a prompt that was sent while a turn runs. */
export type QueueEvent =
  /** A prompt waits for the turn that runs. */
  | { readonly type: "queued"; readonly prompt: QueuedPrompt; readonly at: number }
  /** These wait no longer: they were sent, or the user took them back. */
  | { readonly type: "unqueued"; readonly ids: readonly string[]; readonly at: number }
  /** The model got a prompt with the results of its calls. */
  | {
      readonly type: "steered";
      readonly id: string;
      readonly prompt: string;
      readonly attachments: readonly Attachment[];
      readonly at: number;
    };
