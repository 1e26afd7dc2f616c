import { t } from "../protocol/localize.ts";
import type { TurnError } from "../protocol/turn-error.ts";

/** A bug of ours as the user reads it; the cause is in the fold and in the log. */
export function unexpectedError(error: unknown): TurnError {
  return {
    kind: "unknown",
    message: t("Outcrop itself failed in the middle of the turn."),
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    actions: ["retry", "show-log"],
  };
}
