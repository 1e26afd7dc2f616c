/** A block of the conversation: the places of its message and of the block within it, from 0. */
export interface BlockPlace {
  readonly message: number;
  readonly block: number;
}

/** A block that is kept as it is, and sent as a short text that says why it is missing. */
export interface Withheld extends BlockPlace {
  /** A guardrail blocked it, or the service refused a request because of it. */
  readonly reason: "guardrail" | "refused";
}
