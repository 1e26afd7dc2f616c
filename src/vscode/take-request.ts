import type { ChatContexts } from "./context/chat-contexts.ts";
import type { PromptContext } from "./context/prompt-context.ts";
import {
  isOfShownChat,
  isWindowRequest,
  type PanelRequest,
  type SessionRequest,
  type WindowRequest,
} from "./panel-request.ts";
import type { DraftMemory } from "./sessions/kept-draft.ts";
import type { PlaceMemory } from "./sessions/kept-place.ts";
import type { PromptSender, TakesPrompts } from "./sessions/prompt-sender.ts";

/** Who takes what the panel asks. */
export interface RequestTakers<Open extends TakesPrompts> {
  readonly sessions: {
    readonly shown: Open | undefined;
    current(): Promise<Open>;
    find(sessionId: string): Open | undefined;
  };
  readonly sender: PromptSender;
  readonly contexts: Pick<ChatContexts, "of" | "known">;
  readonly drafts: Pick<DraftMemory, "write">;
  readonly places: Pick<PlaceMemory, "write">;
  readonly ready: () => Promise<void>;
  readonly askWindow: (message: WindowRequest, context: PromptContext) => Promise<void>;
  readonly askSession: (message: SessionRequest, session: Open) => Promise<void>;
}

/**
 * Hands on what the panel asks, each to the chat that the panel showed when it was asked: another one may be shown by now.
 * Settles when it was done; a turn that it begins is waited for.
 */
export async function takeRequest<Open extends TakesPrompts>(
  message: PanelRequest,
  takers: RequestTakers<Open>,
): Promise<void> {
  const { sessions, sender, contexts, drafts, ready, askWindow, askSession } = takers;
  // What is attached has to be there before the prompt that it goes with: nothing is waited for where it need not be.
  const shown = sessions.shown ?? (await sessions.current());
  const shownId = shown.session.chat.sessionId;
  // A webview may name anything.
  const own = message.chat === undefined ? shown : sessions.find(message.chat);
  const context = message.chat === undefined ? contexts.of(shownId) : contexts.known(message.chat);
  if (message.type === "ready") return ready();
  if (message.type === "keep-draft") return drafts.write(message);
  if (message.type === "keep-place") return takers.places.write(message);
  if (isWindowRequest(message)) {
    const isVoid = own !== shown && isOfShownChat(message);
    return isVoid ? undefined : askWindow(message, context ?? contexts.of(shownId));
  }
  switch (message.type) {
    case "send":
    case "send-while-running":
      // Its chat was left, and closed, meanwhile.
      if (own === undefined) return sender.giveBack(context?.claim(message.text, message.attachments), message.text);
      return sender.send(own, message.text, message.attachments, message.type === "send" ? "send" : message.action);
    case "queued-prompt":
      if (own !== undefined && message.action === "edit") return sender.edit(own, message.id);
  }
  if (own !== undefined) await askSession(message, own);
}
