import type { ToWebview } from "../../protocol/panel-messages.ts";
import type { ChatContexts } from "../context/chat-contexts.ts";
import type { DraftMemory } from "./kept-draft.ts";

/** Where what is not sent yet is kept. */
export interface Unsent {
  readonly contexts: Pick<ChatContexts, "clear" | "forget" | "settled">;
  readonly drafts: Pick<DraftMemory, "clear" | "forget">;
  readonly view: { postWhenReady(message: ToWebview): void };
}

/** A chat is deleted: what was in its composer goes with it. */
export async function forgetUnsent(sessionId: string, { contexts, drafts, view }: Unsent): Promise<void> {
  contexts.forget(sessionId);
  view.postWhenReady({ type: "drop-drafts", session: sessionId });
  await drafts.forget(sessionId);
}

/**
 * Everything is deleted by `remove`: what is not sent before, and in the page after that. Called when no session is open, so
 * that nothing of what was on its way to one comes back.
 */
export async function removeWithUnsent(remove: () => Promise<void>, { contexts, drafts, view }: Unsent): Promise<void> {
  contexts.clear();
  await drafts.clear();
  await contexts.settled();
  await remove();
  view.postWhenReady({ type: "drop-drafts" });
}
