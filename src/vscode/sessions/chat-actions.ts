import * as vscode from "vscode";
import * as z from "zod";
import type { Prompt } from "../../chat/prompt.ts";
import type { KeptSessions } from "../../chat/sessions/kept-sessions.ts";
import type { ListedSession, SessionIndex } from "../../chat/sessions/session-index.ts";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import { t, text } from "../../protocol/localize.ts";
import type { ChatView } from "../chat-view.ts";
import type { Dialogs } from "../dialogs.ts";
import { plainNotice } from "../plain-notice.ts";
import { nameOf } from "./describe-sessions.ts";
import { forkChat } from "./fork-chat.ts";
import type { OpenSessions } from "./open-sessions.ts";
import { pickSession } from "./session-picker.ts";
import type { ShownSession } from "./shown-session.ts";

export interface ChatActionsOptions {
  readonly sessions: OpenSessions<ShownSession>;
  readonly kept: KeptSessions;
  readonly index: SessionIndex;
  readonly view: ChatView;
  readonly dialogs: Dialogs;
  /** Puts a prompt into the composer, with what was attached to it. */
  readonly prefill: (prompt: Prompt) => Promise<void>;
  /** A chat is deleted: before it is closed where it is open, and when it is gone. */
  readonly onRemoved: (id: string) => void;
  readonly report: (error: unknown) => void;
}

/** A chat that is acted on, open in this window or not. */
interface Chosen {
  readonly id: string;
  readonly name: string;
}

/** What the user does with chats: the one that is shown where no other is named by its id. */
export class ChatActions {
  readonly #options: ChatActionsOptions;

  constructor(options: ChatActionsOptions) {
    this.#options = options;
  }

  /** Lets the user pick a chat and shows it. Nothing in it runs by that. */
  async showChats(): Promise<void> {
    const { sessions, index, report } = this.#options;
    const id = await pickSession({
      list: () => index.list(),
      running: () =>
        new Set(sessions.all.flatMap(({ session: { chat } }) => (chat.current === null ? [] : [chat.sessionId]))),
      shownId: () => sessions.shown?.session.chat.sessionId,
      rename: (session) => this.#rename(chosenOf(session)),
      archive: (session) => this.#archive(session.id, !session.archived),
      remove: (session) => this.#remove(chosenOf(session)),
      report,
    });
    if (id !== undefined) await this.open(id);
  }

  async open(id: string): Promise<void> {
    const { sessions, view } = this.#options;
    if (await sessions.showKept(id)) await view.focus();
    else tellElsewhere();
  }

  /** `given`: a chat's id, or a title for the one that is shown. */
  async renameChat(given?: unknown): Promise<void> {
    const named = z.object({ title: z.string().trim().min(1) }).safeParse(given);
    const chosen = await this.#chosen(given);
    if (named.success) await this.#tell(chosen.id, titleEvent(named.data.title));
    else await this.#rename(chosen);
  }

  /** Puts the chat aside, or takes it back. */
  async archiveChat(given?: unknown): Promise<void> {
    const { id } = await this.#chosen(given);
    const listed = (await this.#options.index.list()).find((each) => each.id === id);
    if (listed === undefined) return;
    await this.#archive(id, !listed.archived);
    const told = listed.archived
      ? t("The chat is no longer archived. It stays in Show Chats….")
      : t("The chat is archived. It stays in Show Chats….");
    void vscode.window.showInformationMessage(plainNotice(told));
  }

  async deleteChat(given?: unknown): Promise<void> {
    await this.#remove(await this.#chosen(given));
  }

  /** A new chat with what was said before the turn with this id; without one, with all that has ended. */
  async forkChat(turnId?: unknown): Promise<void> {
    const { sessions, kept, prefill } = this.#options;
    const { session } = await sessions.current();
    const open = async (id: string): Promise<boolean> => {
      await this.open(id);
      return sessions.isShown(id);
    };
    await forkChat(session, turnId, { kept, open, prefill });
  }

  async #rename({ id, name }: Chosen): Promise<void> {
    const typed = await vscode.window.showInputBox({
      title: t("Outcrop: Rename Chat"),
      value: name,
      validateInput: (text) => (text.trim() === "" ? t("A chat has a name.") : undefined),
    });
    const title = typed?.trim();
    if (title === undefined || title === "" || title === name) return;
    await this.#tell(id, titleEvent(title));
  }

  async #archive(id: string, archived: boolean): Promise<void> {
    await this.#tell(id, { type: "archived", archived, at: Date.now() });
  }

  async #remove({ id, name }: Chosen): Promise<void> {
    const { sessions, kept, dialogs, onRemoved } = this.#options;
    const isRunning = sessions.find(id)?.session.isRunning === true;
    const remove = text("Delete");
    const pressed = await dialogs.ask({
      title: t("Delete this chat?"),
      detail: `${name}\n\n${isRunning ? `${t("Its running turn ends.")} ` : ""}${t("This cannot be undone. Files that it changed stay as they are.")}`,
      buttons: [remove],
    });
    if (pressed !== remove) return;
    // The new chat that takes its place would take its draft along.
    if (sessions.find(id) !== undefined) onRemoved(id);
    await sessions.close(id);
    if (await kept.remove(id)) onRemoved(id);
    else tellElsewhere();
  }

  /** An open session is told itself; of any other, its journal. */
  async #tell(id: string, event: Extract<ChatEvent, { type: "title" | "archived" }>): Promise<void> {
    const { sessions, kept } = this.#options;
    const open = sessions.find(id)?.session;
    if (open === undefined) {
      if (!(await kept.add(id, event))) tellElsewhere();
    } else if (event.type === "title") open.edits.entitle(event.title, null);
    else open.edits.archive(event.archived);
  }

  async #chosen(given: unknown): Promise<Chosen> {
    const { sessions, index } = this.#options;
    const { chat } = (await sessions.current()).session;
    if (typeof given !== "string" || given === chat.sessionId) return { id: chat.sessionId, name: nameOf(chat) };
    const listed = (await index.list()).find(({ id }) => id === given);
    return listed === undefined ? { id: chat.sessionId, name: nameOf(chat) } : chosenOf(listed);
  }
}

function titleEvent(title: string): Extract<ChatEvent, { type: "title" }> {
  return { type: "title", title, usage: null, at: Date.now() };
}

function chosenOf({ id, title, prompt }: ListedSession): Chosen {
  return { id, name: title ?? prompt };
}

function tellElsewhere(): void {
  void vscode.window.showInformationMessage(t("This chat is open in another window, or is not there any more."));
}
