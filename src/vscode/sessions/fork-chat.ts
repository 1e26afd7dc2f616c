import type { ChatSession } from "../../chat/chat-session.ts";
import type { Prompt } from "../../chat/prompt.ts";
import { recordsBefore, recordsOfEnded, settleRecords } from "../../chat/sessions/fork-records.ts";
import type { KeptSessions } from "../../chat/sessions/kept-sessions.ts";
import { asTitle } from "../../chat/titles/as-title.ts";
import { t } from "../../protocol/localize.ts";
import { nameOf } from "./describe-sessions.ts";

export interface ForkWays {
  readonly kept: Pick<KeptSessions, "read" | "create">;
  /** Shows a chat; false where it cannot. */
  readonly open: (id: string) => Promise<boolean>;
  /** Puts a prompt into the composer, with what was attached to it. */
  readonly prefill: (prompt: Prompt) => Promise<void>;
}

/** A new chat with what was said before the turn with this id, whose prompt comes into the composer; without one, with all that has ended. */
export async function forkChat(
  { chat, queue }: Pick<ChatSession, "chat" | "queue">,
  turnId: unknown,
  { kept, open, prefill }: ForkWays,
): Promise<void> {
  const turn = [...chat.past, ...(chat.current === null ? [] : [chat.current])].find(({ id }) => id === turnId);
  const prompt = turn && { text: turn.prompt, attachments: queue.attachmentsOf(turn.id) };
  const records = (await kept.read(chat.sessionId)) ?? [];
  const before = turn === undefined ? recordsOfEnded(records) : recordsBefore(records, turn.id);
  if (before === undefined) return;
  const now = Date.now();
  const title = { type: "title", title: asTitle(t("Fork of {0}", nameOf(chat))), usage: null, at: now } as const;
  const id = await kept.create([...settleRecords(before, now), { event: title }]);
  if ((await open(id)) && prompt !== undefined) await prefill(prompt);
}
