/** How well the prompt cache served a turn. */
export interface CacheReport {
  /** Of the turn's prompt tokens, the share that was read from the cache: 0 to 1. */
  readonly share: number;
  /** What was saved, and why less was read than could be, in whole sentences. */
  readonly detail: string;
  /** When what is cached is forgotten unless it is read before, in milliseconds since the epoch. */
  readonly endsAt: number;
}

/** How the service has served a turn so far, beside its answers. */
export interface Served {
  /** Undefined where nothing is cached. */
  readonly cache?: CacheReport;
  /** What it used that was asked for, or is not what it uses unasked: "service tier flex", "service tier default, not flex". */
  readonly differences: readonly string[];
}
