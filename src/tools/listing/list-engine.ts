import type { SearchScope } from "../search-engine.ts";

/** Which files are listed below one folder. */
export interface ListRequest extends SearchScope {
  /** The listing stops after this many files. */
  readonly mostFiles: number;
  /** Ends the listing early; what was found until then counts. */
  readonly deadline: AbortSignal;
}

export interface ListOutcome {
  /** Relative to the request's root, with `/`, in no order. */
  readonly paths: readonly string[];
  readonly stoppedBy: "limit" | "deadline" | undefined;
  /** What was left out for another reason, each a short phrase. */
  readonly leftOut: readonly string[];
}

/** Lists regular files. Throws a `ToolError` for a glob that cannot be used, the signal's reason when it is aborted. */
export type ListEngine = (request: ListRequest, signal: AbortSignal) => Promise<ListOutcome>;
