import type { Prompt } from "./chat/prompt.ts";
import { KeptSessions } from "./chat/sessions/kept-sessions.ts";
import { SessionIndex } from "./chat/sessions/session-index.ts";
import type { ChatController } from "./vscode/chat-controller.ts";
import type { ChatView } from "./vscode/chat-view.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import { ChatActions } from "./vscode/sessions/chat-actions.ts";
import { ChatFiles } from "./vscode/sessions/chat-files.ts";

export interface SessionParts {
  /** Holds the sessions of this workspace. */
  readonly folder: string;
  readonly controller: ChatController;
  readonly view: ChatView;
  readonly dialogs: Dialogs;
  readonly report: (error: unknown) => void;
}

/** What the user does with chats beside talking in them. Loaded when it is first used. */
export function composeSessions({ folder, controller, view, dialogs, report }: SessionParts): {
  readonly chats: ChatActions;
  readonly files: ChatFiles;
} {
  const { sessions } = controller;
  const place = { folder, pid: process.pid };
  const kept = new KeptSessions(place);
  const onRemoved = (id: string): void => controller.forget(id);
  const index = new SessionIndex(place);
  const prefill = (prompt: Prompt): Promise<void> => controller.prefill(prompt);
  const chats = new ChatActions({ sessions, kept, index, view, dialogs, prefill, onRemoved, report });
  return { chats, files: new ChatFiles({ sessions, kept, open: (id) => chats.open(id) }) };
}
