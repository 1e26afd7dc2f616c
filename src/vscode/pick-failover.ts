import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import { type CacheRates, describeCacheLoss, type FailoverPlace, failoverTo } from "../chat/routing/failover.ts";
import type { BedrockConnection } from "../protocol/connection.ts";
import { t } from "../protocol/localize.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import { plainNotice } from "./plain-notice.ts";

export interface FailoverOptions {
  readonly session: ChatSession;
  /** Where the settings and the account allow to move from here, the user's own wishes first. */
  readonly places: (from: BedrockConnection) => readonly FailoverPlace[];
  readonly rates: (modelId: string) => CacheRates;
  /** What the last answer took; null where nothing is known. */
  readonly lastUsage: TokenUsage | null;
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly connection: BedrockConnection;
}

/** Lets the user move this chat to another profile, region or model. The pick is the consent: nothing moves by itself. Resolves with whether it moved. */
export async function pickFailover({ session, places, rates, lastUsage }: FailoverOptions): Promise<boolean> {
  const from = session.connection.current;
  const listed = from.kind === "demo" ? [] : places(from).map((place) => failoverTo(from, place));
  if (listed.length === 0) {
    const settings = t("Open Settings");
    const message = t(
      "There is no other place for this chat yet. Name profiles, regions or models in outcrop.failover.",
    );
    if ((await vscode.window.showInformationMessage(plainNotice(message), settings)) !== settings) return false;
    await vscode.commands.executeCommand("workbench.action.openSettings", "outcrop.failover");
    return false;
  }
  const items = listed.map((connection): PlaceItem => {
    const { modelId, region, profile } = connection;
    const where = [region, profile === undefined ? undefined : t("profile {0}", profile)].filter(
      (part) => part !== undefined,
    );
    return {
      label: modelId,
      description: where.join(", "),
      detail: describeCacheLoss(lastUsage, rates(modelId)),
      connection,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: t("Outcrop: Move This Chat"),
    placeHolder: t("Answers of this chat come from there until you pick another model"),
    matchOnDescription: true,
  });
  if (picked === undefined) return false;
  session.connection.useInstead(picked.connection);
  return true;
}
