import { computed, signal } from "@preact/signals";
import type { ChatState, Turn } from "../../src/protocol/chat-state.ts";
import type { Connection } from "../../src/protocol/connection.ts";
import { defaultDisplay } from "../../src/protocol/display.ts";
import type { KeptDraft, PanelContext } from "../../src/protocol/panel-messages.ts";
import type { Review } from "../../src/protocol/review.ts";

/** What the host said last; null until the first snapshot. Painted, so it changes at most once a frame. */
export const chat = signal<ChatState | null>(null);
export const context = signal<PanelContext | null>(null);

/** What the host was told of the composer before this page was there. */
export const hostDraft = signal<KeptDraft | null>(null);

/** What the session changed. */
export const noReview: Review = { files: [], canRedo: false };
export const review = signal<Review>(noReview);

/** The search is open: what is folded is built, out of sight, so that it can be found. */
export const searching = signal(false);

/** Stop was pressed and the turn has not ended yet. */
export const stopping = signal(false);

/** Empty until there is a chat. */
export const sessionId = computed(() => chat.value?.sessionId ?? "");
/** The one that runs. It is another one with each piece that streams in. */
export const currentTurn = computed<Turn | null>(() => chat.value?.current ?? null);
/** Unlike the turn, it stays the same while the turn runs. */
const currentTurnId = computed(() => currentTurn.value?.id);
/** The turns that are over, oldest first. They stay the same while one runs. */
const pastTurns = computed<readonly Turn[]>(() => chat.value?.past ?? noTurns);
const noTurns: readonly Turn[] = [];
export const running = computed(() => currentTurn.value !== null);
/** Nothing runs that a new prompt would disturb; it takes the place of a turn that waits after a restart. */
export const takesPrompt = computed(() => currentTurn.value === null || currentTurn.value.held === true);

/** Every turn, oldest first, the running one last: another list with each piece that streams in. */
export const turns = computed<readonly Turn[]>(() =>
  currentTurn.value === null ? pastTurns.value : [...pastTurns.value, currentTurn.value],
);
/** Every turn, as the list was when the last one began or ended: for what is not to be rendered with each piece. */
export const listedTurns = computed<readonly Turn[]>(() => {
  void [pastTurns.value, currentTurnId.value];
  return turns.peek();
});
export const hasTurns = computed(() => listedTurns.value.length > 0);

/** How full the window was after the last step that told it. */
export const contextUse = computed(() => turns.value.findLast((turn) => turn.context !== undefined)?.context);

/** What the next prompt may lead to. */
export const mode = computed(() => chat.value?.mode ?? context.value?.mode ?? "agent");

/** What runs unasked in the chat; undefined: the default, and no other may be chosen. */
export const permissions = computed(() => context.value?.permissions);

export const connection = computed<Connection | null>(() => context.value?.connection ?? null);

/** How the transcript looks and speaks. */
export const display = computed(() => context.value?.display ?? defaultDisplay);

/** What the user is asked, the oldest first. */
export const openQuestions = computed(() => currentTurn.value?.questions ?? []);

/** The call that waits for the user's answer, the oldest first. */
export const pendingApprovals = computed(() => {
  const parts = currentTurn.value?.parts ?? [];
  return parts.flatMap((part) =>
    part.kind === "tool" && part.call.status.kind === "awaiting-approval" ? [part.call.status.request] : [],
  );
});
