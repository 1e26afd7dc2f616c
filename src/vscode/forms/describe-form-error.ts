import { ExtractionFailed } from "../../agent/extract.ts";
import { SchemaError } from "../../agent/json-schema/given-schema.ts";
import { isModelError } from "../../agent/model.ts";
import { PausedTurn } from "../../agent/paused-turn.ts";
import { ToolError } from "../../agent/tool.ts";
import { LimitReached } from "../../agent/within-limit.ts";
import { t } from "../../protocol/localize.ts";
import { describePause } from "../pause-text.ts";

/** Why a form was not filled in, for the user; undefined for a bug. */
export function describeFormError(error: unknown): string | undefined {
  if (error instanceof ExtractionFailed) return t("The model's answer cannot be used. {0}", error.message);
  if (error instanceof LimitReached)
    return t("The model took too long to answer. Try again, or select a faster model.");
  if (error instanceof PausedTurn) return describePause(error.pause);
  if (error instanceof ToolError) return error.message.replace(/^E_[A-Z]+:? /u, "");
  if (error instanceof SchemaError) return error.message;
  return isModelError(error) ? error.error.message : undefined;
}
