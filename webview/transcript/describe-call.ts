import type { ToolCall, Turn } from "../../src/protocol/chat-state.ts";
import type { IconName } from "../icon.tsx";
import { t } from "../strings.ts";

/**
 * A tool call as the user sees it. `preparing`: the model still writes it; `queued`: another call comes first;
 * `interrupted`: the window went while it ran; `cut-off`: the output limit came before its end.
 */
export type CallStage =
  | "preparing"
  | "queued"
  | "waiting"
  | "running"
  | "succeeded"
  /** It ran, and the program in it did not do well. */
  | "warned"
  | "failed"
  /** By the user; `refused`: by the policy. */
  | "denied"
  | "refused"
  | "cancelled"
  | "interrupted"
  | "cut-off"
  | "not-run";

/** @param replaced the attempt that wrote the call has failed, so that it will never begin */
export function stageOf({ id, status }: ToolCall, { phase, parts }: Turn, replaced = false): CallStage {
  switch (status.kind) {
    case "streaming":
      if (replaced) return "not-run";
      return phase.kind === "tools" && parts.some((part) => isBusy(part, id)) ? "queued" : "preparing";
    case "awaiting-approval":
      return "waiting";
    case "cancelled":
      if (status.interrupted) return "interrupted";
      return status.notStarted ? "not-run" : "cancelled";
    case "failed":
      return status.cutOff ? "cut-off" : "failed";
    case "denied":
      return whoDenied(status.result);
    case "succeeded":
      return status.warning ? "warned" : "succeeded";
    case "running":
      return "running";
  }
}

/** What the policy says begins with its code; a limit or a change in between is no refusal. */
function whoDenied(result: string): CallStage {
  if (!/^E_[A-Z]+\b/.test(result)) return "denied";
  return /^E_(BUDGET|LOOP|STALE)\b/.test(result) ? "not-run" : "refused";
}

function isBusy(part: Turn["parts"][number], except: string): boolean {
  if (part.kind !== "tool" || part.call.id === except) return false;
  return part.call.status.kind === "running" || part.call.status.kind === "awaiting-approval";
}

/** What a call does or did; for one that does nothing yet, or never did, in the imperative what it would have done. */
export function callTitle({ title, intent = title }: ToolCall, stage: CallStage): string {
  return tellsItself(stage) ? title : intent;
}

/** The title's tense says the state. */
export function tellsItself(stage: CallStage): boolean {
  return stage === "running" || stage === "succeeded" || stage === "warned";
}

/** The stage in a few words. */
export function stageWord(stage: CallStage, { name }: Pick<ToolCall, "name">): string {
  switch (stage) {
    case "preparing":
      return t("Preparing…");
    case "queued":
      return t("Queued");
    case "waiting":
      return t("Waiting for you");
    case "running":
      return t("Running");
    case "succeeded":
    case "warned":
      return t("Done");
    case "failed":
      return t("Failed");
    case "denied":
      return t("Skipped");
    case "refused":
      return t("Not allowed");
    case "cancelled":
      return t("Canceled");
    case "interrupted":
      return runsProgram(name) ? t("Interrupted; may still be running") : t("Interrupted");
    case "cut-off":
      return t("Not run: cut off");
    case "not-run":
      return t("Not run");
  }
}

/** Characters of a reason in a row. */
const longestReason = 160;

/** Why a call failed or was not allowed: the first sentence of what the model was told, without its code. */
export function reasonOf({ status }: ToolCall, stage: CallStage): string {
  if (!("result" in status) || !["failed", "refused", "not-run"].includes(stage)) return "";
  const [line = ""] = status.result
    .replace(/^E_[A-Z]+:?\s+/, "")
    .trim()
    .split("\n");
  const text = /^.*?\.(?=\s|$)/.exec(line)?.[0] ?? line;
  return text.length > longestReason ? `${text.slice(0, longestReason)}…` : text;
}

/** A program outlives the window in which it was started. */
function runsProgram(tool: string): boolean {
  return tool.startsWith("run_");
}

/** @param tool the tool's own icon */
export function stageIcon(stage: CallStage, tool: IconName): IconName {
  switch (stage) {
    case "preparing":
    case "running":
      return "loading";
    case "queued":
      return "clockface";
    case "waiting":
      return tool;
    case "succeeded":
      return "check";
    case "failed":
      return "error";
    case "denied":
    case "refused":
    case "cut-off":
    case "not-run":
      return "circle-slash";
    case "interrupted":
    case "warned":
      return "warning";
    case "cancelled":
      return "stop-circle";
  }
}
