import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import { t } from "../../protocol/localize.ts";
import type { JournalRecord } from "../journal-schema.ts";
import { MessageLog } from "../message-log.ts";

/** What a session had said before this turn; undefined where it has no such turn. */
export function recordsBefore(records: readonly JournalRecord[], turnId: string): readonly JournalRecord[] | undefined {
  const at = records.findLastIndex(
    (record) => "event" in record && record.event.type === "turn-start" && record.event.turnId === turnId,
  );
  return at === -1 ? undefined : records.slice(0, at);
}

/** What a session had said up to the end of its last turn that has ended. */
export function recordsOfEnded(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const at = records.findLastIndex((record) => "event" in record && record.event.type === "turn-end");
  return records.slice(0, at + 1);
}

/**
 * The records of a session of their own: nothing in it waits for a turn or an approval, and no call of it would be run
 * when the conversation goes on.
 */
export function settleRecords(records: readonly JournalRecord[], at: number): readonly JournalRecord[] {
  const kept = records.filter((record) => !("event" in record && /^(?:un)?queued$/.test(record.event.type)));
  const log = new MessageLog();
  const waiting = new Set<string>();
  for (const record of kept) {
    if ("message" in record) log.add(record.message);
    if (!("event" in record)) continue;
    log.see(record.event);
    if (record.event.type === "tool-awaiting-approval") waiting.add(record.event.id);
    if (record.event.type === "tool-end" || record.event.type === "tool-running") waiting.delete(record.event.id);
  }
  const ends = [...waiting].map((id): JournalRecord => ({ event: notRun(id, at) }));
  const results = resultsOfOpen(log.messages.at(-1));
  return [...kept, ...ends, ...(results === undefined ? [] : [{ message: results }])];
}

const notRunText = "This call was not run: the conversation went on in a copy.";

function notRun(id: string, at: number): ChatEvent {
  return { type: "tool-end", id, state: "cancelled", title: t("Not run"), result: notRunText, at };
}

function resultsOfOpen(last: Message | undefined): Message | undefined {
  const ids = last?.role === "assistant" ? (last.content ?? []).flatMap(({ toolUse }) => toolUse?.toolUseId ?? []) : [];
  if (ids.length === 0) return undefined;
  const content = ids.map((toolUseId) => ({
    toolResult: { toolUseId, status: "error" as const, content: [{ text: notRunText }] },
  }));
  return { role: "user", content };
}
