import { computed, signal } from "@preact/signals";
import type { ChatState, Turn } from "../../src/protocol/chat-state.ts";
import type { Connection } from "../../src/protocol/connection.ts";
import type { PanelContext } from "../../src/protocol/panel-messages.ts";
import type { Review } from "../../src/protocol/review.ts";

/** What the host said last; null until the first snapshot. Painted, so it changes at most once a frame. */
export const chat = signal<ChatState | null>(null);
export const context = signal<PanelContext | null>(null);

/** What the session changed. */
export const noReview: Review = { files: [], canRedo: false };
export const review = signal<Review>(noReview);

/** Stop was pressed and the turn has not ended yet. */
export const stopping = signal(false);

const currentTurn = computed<Turn | null>(() => chat.value?.current ?? null);
export const running = computed(() => currentTurn.value !== null);
/** Nothing runs that a new prompt would disturb; it takes the place of a turn that waits after a restart. */
export const takesPrompt = computed(() => currentTurn.value === null || currentTurn.value.held === true);

/** Every turn, oldest first, the running one last. */
export const turns = computed<readonly Turn[]>(() => {
  const state = chat.value;
  if (state === null) return [];
  return state.current === null ? state.past : [...state.past, state.current];
});

/** How full the window was after the last step that told it. */
export const contextUse = computed(() => turns.value.findLast((turn) => turn.context !== undefined)?.context);

/** What the next prompt may lead to. */
export const mode = computed(() => chat.value?.mode ?? context.value?.mode ?? "agent");

export const connection = computed<Connection | null>(() => context.value?.connection ?? null);

/** What the user is asked, the oldest first. */
export const openQuestions = computed(() => currentTurn.value?.questions ?? []);

/** The call that waits for the user's answer, the oldest first. */
export const pendingApprovals = computed(() => {
  const parts = currentTurn.value?.parts ?? [];
  return parts.flatMap((part) =>
    part.kind === "tool" && part.call.status.kind === "awaiting-approval" ? [part.call.status.request] : [],
  );
});
