import { batch } from "@preact/signals";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import type { ChatState } from "../../src/protocol/chat-state.ts";
import type { ToWebview } from "../../src/protocol/panel-messages.ts";
import { announceChanges } from "../announcements/announce-changes.ts";
import { announceReview } from "../announcements/announce-review.ts";
import { dropPromptOf, focusComposer, prefillComposer } from "../composer/draft.ts";
import { dropDrafts } from "../composer/drop-drafts.ts";
import { listenToHost, requestStop, sayReady } from "../host.ts";
import { withLater } from "../later.ts";
import { contextFound, promptsFound } from "../mentions/found.ts";
import { toggleTodos } from "../plan/toggle-todos.ts";
import { writeScroll } from "../transcript/kept-scroll.ts";
import { chat, context, hostDraft, noReview, review, stopping } from "./panel-state.ts";
import { focusApproval } from "./walk-cards.ts";

/** The folded state and the number of the last event in it; ahead of what is painted by at most a frame. */
let folded: Folded | null = null;
let painting = false;

interface Folded {
  readonly chat: ChatState;
  readonly seq: number;
  /** Nothing happened since the snapshot. */
  readonly fresh?: true;
}

/** Listens to the host and asks it for the first snapshot. */
export function connectToHost(): void {
  listenToHost(receive);
  sayReady();
}

/** Asks the host to end the running turn. The panel shows at once that it was asked. */
export function stopTurn(): void {
  if (stopping.value || chat.value?.current === null) return;
  stopping.value = true;
  requestStop();
}

function receive(message: ToWebview): void {
  switch (message.type) {
    case "snapshot":
      folded = { chat: message.chat, seq: message.seq, fresh: true };
      if (message.place !== undefined)
        writeScroll(message.place === null ? undefined : { session: message.chat.sessionId, ...message.place });
      batch(() => {
        context.value = message.context;
        hostDraft.value = message.draft ?? null;
        review.value = noReview;
        stopping.value = false;
        chat.value = message.chat;
      });
      return;
    case "events":
      foldEvents(message);
      return;
    case "context":
      context.value = message.context;
      return;
    case "review": {
      const before = review.value;
      review.value = message.review;
      // What a chat that is opened has to show is no news.
      if (folded !== null && !(before === noReview && folded.fresh))
        announceReview(before, message.review, folded.chat);
      return;
    }
    case "prefill":
      prefillComposer(message.text);
      return;
    case "focus-composer":
      focusComposer();
      return;
    case "focus-approval":
      // What the host has told before is painted by then.
      requestAnimationFrame(() => setTimeout(focusApproval));
      return;
    case "paths-missing":
      void withLater(({ unlinkPaths }) => unlinkPaths(message.paths));
      return;
    case "context-found":
      if (message.query >= contextFound.value.query) contextFound.value = message;
      return;
    case "prompts-found":
      promptsFound.value = message.prompts;
      return;
    case "drop-drafts":
      dropDrafts(message.session);
      return;
    case "toggle-todos":
      toggleTodos();
      return;
  }
}

function foldEvents({ seq, events }: Extract<ToWebview, { type: "events" }>): void {
  if (folded === null) return;
  const before = seq - events.length;
  if (before > folded.seq) {
    folded = null;
    sayReady();
    return;
  }
  const unseen = events.slice(folded.seq - before);
  folded = { chat: unseen.reduce(reduceChat, folded.chat), seq: Math.max(folded.seq, seq) };
  if (painting) return;
  painting = true;
  requestAnimationFrame(paint);
}

/** Runs once a frame at most, however many events came. */
function paint(): void {
  painting = false;
  const before = chat.value;
  if (folded === null || before === null || folded.chat === before) return;
  const after = folded.chat;
  batch(() => {
    if (after.current === null) stopping.value = false;
    chat.value = after;
    // Redo.
    if (after.rewound === undefined && after.past.length > before.past.length)
      dropPromptOf(before.rewound?.turns ?? []);
  });
  announceChanges(before, after);
}
