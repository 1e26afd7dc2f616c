import { nearCapShare } from "../../policy/budgets/near-cap.ts";
import type { Connection } from "../../protocol/connection.ts";
import { type Cost, costText } from "../../protocol/cost.ts";
import { formatDollars, t } from "../../protocol/localize.ts";
import { shortModelName } from "../../protocol/short-model-name.ts";

export interface StatusFacts {
  readonly connection: Connection;
  /** Of the chat that is shown; undefined: nothing that costs. */
  readonly cost: Cost | undefined;
  /** US dollars that this chat may cost. */
  readonly perSession: number;
  readonly running: boolean;
  /** Allow All is on in the chat that is shown. */
  readonly allowsAll: boolean;
}

export interface StatusText {
  readonly text: string;
  /** Plain text. */
  readonly tooltip: string;
  /** Most of what the chat may cost is spent. */
  readonly isNear: boolean;
}

/** Who answers and what the chat has cost, for VS Code's status bar. */
export function statusText({ connection, cost, perSession, running, allowsAll }: StatusFacts): StatusText {
  const name = nameOf(connection);
  const spent = cost === undefined ? undefined : costText(cost);
  const isNear = (cost?.dollars ?? 0) >= perSession * nearCapShare;
  const icon = running ? "$(loading~spin)" : isNear ? "$(warning)" : "$(sparkle)";
  const isPlaced = connection.kind === "bedrock" && connection.region !== undefined;
  const where = isPlaced ? t("Outcrop: {0} in {1}", name, connection.region) : `Outcrop: ${name}`;
  const lines = [
    running ? t("{0}, answering", where) : where,
    spent === undefined ? undefined : t("This chat has cost {0} of the {1} allowed.", spent, formatDollars(perSession)),
    allowsAll ? t("Allow All is on in this chat.") : undefined,
    t("Open the chat"),
  ];
  return {
    text: [`${icon} ${name}`, spent, allowsAll ? `$(warning) ${t("Allow All")}` : undefined]
      .filter((part) => part !== undefined)
      .join(" · "),
    tooltip: lines.filter((line) => line !== undefined).join("\n"),
    isNear,
  };
}

function nameOf(connection: Connection): string {
  if (connection.kind === "demo") return t("Demo model");
  return connection.modelId === "" ? t("Gateway's model") : shortModelName(connection.modelId);
}
