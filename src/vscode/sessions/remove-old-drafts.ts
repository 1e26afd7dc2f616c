import type { DraftStore } from "./kept-draft.ts";

/** What earlier versions kept of the composer, in other forms. */
const oldKeys = ["outcrop.draft", "outcrop.attached", "outcrop.attachments"] as const;

/** Nobody reads it any more, and prompts and attachments may be in it. */
export async function removeOldDrafts(store: DraftStore): Promise<void> {
  for (const key of oldKeys) if (store.get(key) !== undefined) await store.update(key, undefined);
}
