import { computed, effect, signal } from "@preact/signals";
import type { Turn } from "../../src/protocol/chat-state.ts";
import { readPageState, writePageState } from "../host.ts";
import { chat } from "../session/panel-state.ts";
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

/** A chat in which nothing was said yet has no session on disk: its id changes with each window. */
const newChat = "";

/** The shown chat, and the name under which its draft is kept. */
interface Keeper {
  readonly id: string;
  readonly name: string;
}

const keeper = computed<Keeper | undefined>(() => {
  const state = chat.value;
  if (state === null) return undefined;
  const isNew = state.current === null && state.past.length === 0;
  return { id: state.sessionId, name: isNew ? newChat : state.sessionId };
});

const selection = signal({ start: 0, end: 0 });

/** The selection in the composer has changed. */
export function keepSelection({ selectionStart, selectionEnd }: HTMLTextAreaElement): void {
  const { start, end } = selection.peek();
  if (start !== selectionStart || end !== selectionEnd) selection.value = { start: selectionStart, end: selectionEnd };
}

/** Keeps the draft of the shown session as it is written, and opens another session's with that session. */
export function keepDraft(): void {
  let shown: Keeper | undefined;
  effect(() => {
    const next = keeper.value;
    if (next === undefined) return;
    if (next.name !== shown?.name) changeDraft(shown, next);
    shown = next;
    save({ session: next.name, text: draft.value, ...selection.value });
  });
}

/**
 * A new chat takes along what was written before it, and its first prompt's session what was written since: neither is lost.
 * @param left undefined when the page is new
 */
function changeDraft(left: Keeper | undefined, next: Keeper): void {
  const kept = parseKeptDrafts(readPageState()).find(({ session }) => session === next.name);
  if (kept !== undefined) openDraft(kept, left === undefined ? draft.peek() : "");
  else if (left === undefined) return;
  else if (next.name === newChat || next.id === left.id) save({ session: left.name, text: "", start: 0, end: 0 });
  else draft.value = "";
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
  writePageState({ drafts: replaceDraft(parseKeptDrafts(readPageState()), kept) });
}
