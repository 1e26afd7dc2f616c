import type { Attachment } from "./attachment.ts";

/** `queue`: it is sent when the turn is done. `steer`: the model gets it with the next results of its calls. */
export type QueueAction = "queue" | "steer";

/** A prompt that the user sent while a turn was running. */
export interface QueuedPrompt {
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly action: QueueAction;
}
