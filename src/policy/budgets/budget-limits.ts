/** What a turn may use before the user is asked. */
export interface TurnLimits {
  /** Model calls. */
  readonly steps: number;
  readonly toolCalls: number;
  /** Calls in a row that no user answered, after which a notice says so. */
  readonly autoAllowedInARow: number;
  /** Without the time spent waiting for the user. */
  readonly wallClockMs: number;
  readonly subagents: number;
  /** 1 = a subagent starts none of its own. */
  readonly subagentDepth: number;
}

/** Caps in US dollars. */
export interface SpendLimits {
  readonly perTurn: number;
  readonly perSession: number;
  /** For all windows of the user's profile together, by the local date. */
  readonly perDay: number;
}

/** Defaults; only a user's own settings or answer change them. */
export const defaultTurnLimits: TurnLimits = {
  steps: 25,
  toolCalls: 40,
  autoAllowedInARow: 8,
  wallClockMs: 15 * 60_000,
  subagents: 3,
  subagentDepth: 1,
};

export const defaultSpendLimits: SpendLimits = { perTurn: 2, perSession: 20, perDay: 20 };
