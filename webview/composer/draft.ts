import { computed, effect, signal } from "@preact/signals";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { isNewChat } from "../../src/protocol/is-new-chat.ts";
import { readPageState, tellDraft, writePageState } from "../host.ts";
import { isRecord } from "../host-messages.ts";
import { chat, hostDraft } from "../session/panel-state.ts";
import { type KeptDraft, parseKeptDrafts, replaceDraft } from "./kept-drafts.ts";

/** The text in the composer. Each session has its own, which outlives a reload of the page and hiding the view. */
export const draft = signal("");

/** Where the caret or selection is to be put: as it stood when the draft was left. New with each draft that is opened. */
export const reopened = signal<Pick<KeptDraft, "start" | "end">>({ start: 0, end: 0 });

/** Grows with each wish to have the caret in the composer. */
export const focusRequests = signal(0);

export function focusComposer(): void {
  focusRequests.value += 1;
}

/** Puts text into the composer, below what is there already, and the caret behind it. */
export function prefillComposer(text: string): void {
  dropPromptOf(chat.peek()?.rewound?.turns ?? []);
  const kept = draft.value.trimEnd();
  draft.value = kept === "" || text === "" ? kept + text : `${kept}\n\n${text}`;
  focusComposer();
}

/** A prompt that a checkpoint gave back goes, unless the user has changed it: its turn came back, or another takes its place. */
export function dropPromptOf(turns: readonly Pick<Turn, "prompt">[]): void {
  if (turns.some(({ prompt }) => prompt === draft.peek())) draft.value = "";
}

const selection = signal({ start: 0, end: 0 });

/** The selection in the composer has changed. */
export function keepSelection({ selectionStart, selectionEnd }: HTMLTextAreaElement): void {
  const { start, end } = selection.peek();
  if (start !== selectionStart || end !== selectionEnd) selection.value = { start: selectionStart, end: selectionEnd };
}

const shownId = computed(() => chat.value?.sessionId);

/** Keeps the draft of the shown session as it is written, and opens another session's with that session. */
export function keepDraft(): void {
  let shown: string | undefined;
  effect(() => {
    const next = shownId.value;
    if (next === undefined) return;
    if (next !== shown) changeDraft(shown, next);
    shown = next;
    save({ session: next, text: draft.value, ...selection.value });
    tellLater(next, draft.value);
  });
}

/**
 * A new chat takes along what was written before it.
 * @param left undefined when the page is new
 */
function changeDraft(left: string | undefined, next: string): void {
  const text = draft.peek();
  const kept = parseKeptDrafts(readPageState()).find(({ session }) => session === next) ?? toldBefore(next);
  const goesAlong = kept === undefined && isNew();
  if (kept !== undefined) openDraft(kept, left === undefined ? text : "");
  else if (left !== undefined && !goesAlong) draft.value = "";
  told = kept === undefined ? "" : undefined;
  if (left === undefined) return;
  if (goesAlong) save({ session: left, text: "", start: 0, end: 0 });
  tellDraft(left, goesAlong ? "" : text);
}

function isNew(): boolean {
  const state = chat.peek();
  return state !== null && isNewChat(state);
}

/** What the host still knows where this page has forgotten it. */
function toldBefore(next: string): KeptDraft | undefined {
  const host = hostDraft.peek();
  return host?.session === next ? { ...host, start: host.text.length, end: host.text.length } : undefined;
}

/** How long after the last letter the host is told, in milliseconds. */
const tellingMs = 300;
let telling: ReturnType<typeof setTimeout> | undefined;
/** Of the shown chat; undefined where it is not sure. */
let told: string | undefined;

/** Where nothing is in the composer any more, at once: what was in it was sent, and may come back. */
function tellLater(session: string, text: string): void {
  clearTimeout(telling);
  if (text === told) return;
  const tell = (): void => {
    told = text;
    tellDraft(session, text);
  };
  if (text === "") tell();
  else telling = setTimeout(tell, tellingMs);
}

/** @param early what was put into the composer before */
function openDraft({ text, start, end }: KeptDraft, early: string): void {
  draft.value = text;
  if (early === "") {
    selection.value = { start, end };
    reopened.value = { start, end };
  } else {
    prefillComposer(early);
  }
}

/** What was written as the answer to a question; it outlives the page as a draft does. */
export function keptAnswer(question: string): string {
  return parseKeptDrafts(readPageState()).find(({ session }) => session === question)?.text ?? "";
}

export function keepAnswer(question: string, text: string): void {
  save({ session: question, text, start: text.length, end: text.length });
}

function save(kept: KeptDraft): void {
  const state = readPageState();
  writePageState({ ...(isRecord(state) && state), drafts: replaceDraft(parseKeptDrafts(state), kept) });
}
