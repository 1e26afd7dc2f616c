import { batch } from "@preact/signals";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import type { ChatState } from "../../src/protocol/chat-state.ts";
import type { ToWebview } from "../../src/protocol/panel-messages.ts";
import { announceChanges } from "../announcements/announce-changes.ts";
import { dropPromptOf, focusComposer, prefillComposer } from "../composer/draft.ts";
import { listenToHost, requestStop, sayReady } from "../host.ts";
import { chat, context, noReview, review, stopping } from "./panel-state.ts";

/** The folded state and the number of the last event in it; ahead of what is painted by at most a frame. */
let folded: { readonly chat: ChatState; readonly seq: number } | null = null;
let painting = false;

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
      folded = { chat: message.chat, seq: message.seq };
      batch(() => {
        context.value = message.context;
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
    case "review":
      review.value = message.review;
      return;
    case "prefill":
      prefillComposer(message.text);
      return;
    case "focus-composer":
      focusComposer();
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
