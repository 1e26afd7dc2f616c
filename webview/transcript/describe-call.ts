import type { ToolCall, Turn } from "../../src/protocol/chat-state.ts";
import type { IconName } from "../icon.tsx";
import { t } from "../strings.ts";

/** A tool call as the user sees it. `preparing`: the model still writes it; `queued`: another call comes first. */
export type CallStage =
  | "preparing"
  | "queued"
  | "waiting"
  | "running"
  | "succeeded"
  | "failed"
  | "denied"
  | "cancelled"
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
      return status.notStarted ? "not-run" : "cancelled";
    case "running":
    case "succeeded":
    case "failed":
    case "denied":
      return status.kind;
  }
}

function isBusy(part: Turn["parts"][number], except: string): boolean {
  if (part.kind !== "tool" || part.call.id === except) return false;
  return part.call.status.kind === "running" || part.call.status.kind === "awaiting-approval";
}

/** What a call does or did; for one that does nothing yet, or never did, what it would have done. */
export function callTitle({ title, intent = title }: ToolCall, stage: CallStage): string {
  return stage === "preparing" || stage === "running" || stage === "succeeded" ? title : intent;
}

/** The stage in a word; empty where the title and a moving icon say enough. */
export function stageWord(stage: CallStage): string {
  switch (stage) {
    case "preparing":
      return "";
    case "queued":
      return t("Queued");
    case "waiting":
      return t("Waiting for you");
    case "running":
      return t("Running");
    case "succeeded":
      return t("Done");
    case "failed":
      return t("Failed");
    case "denied":
      return t("Skipped");
    case "cancelled":
      return t("Canceled");
    case "not-run":
      return t("Not run");
  }
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
    case "not-run":
      return "circle-slash";
    case "cancelled":
      return "stop-circle";
  }
}
