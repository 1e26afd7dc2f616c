import type { ChatEvent } from "./chat-event.ts";
import type { ChatState } from "./chat-state.ts";
import { addCost, costOfTurns } from "./cost.ts";

type Rewind = Extract<ChatEvent, { type: "rewind" }>;

/**
 * The conversation as it was before a turn began; what came since is remembered until another turn begins. While a turn
 * runs, or without such a turn, nothing happens.
 */
export function rewindChat(state: ChatState, { turnId, messages }: Rewind): ChatState {
  const index = state.past.findIndex(({ id }) => id === turnId);
  if (state.current !== null || index === -1) return state;
  const { past, compactions, withheld, plan, rewound, ...rest } = state;
  const turns = past.slice(index);
  const undone = new Set(
    turns.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === "compaction" ? [part.compaction.id] : []))),
  );
  const before = rewound ?? { compactions, withheld, ...(plan !== undefined && { plan }) };
  return {
    ...rest,
    past: past.slice(0, index),
    compactions: compactions.filter(({ id }) => !undone.has(id)),
    withheld: withheld.filter((place) => place.message < messages),
    rewound: { ...before, turns: [...turns, ...(rewound?.turns ?? [])] },
  };
}

/** The conversation as it was before it was rewound. */
export function undoRewind(state: ChatState): ChatState {
  if (state.rewound === undefined || state.current !== null) return state;
  const { rewound, ...rest } = state;
  const { turns, ...before } = rewound;
  return { ...rest, ...before, past: [...state.past, ...turns] };
}

/** What was rewound does not come back; what it cost stays counted. */
export function dropRewound(state: ChatState): ChatState {
  if (state.rewound === undefined) return state;
  const { rewound, ...rest } = state;
  const lost = addCost(state.lost, costOfTurns(rewound.turns));
  return lost === undefined ? rest : { ...rest, lost };
}
