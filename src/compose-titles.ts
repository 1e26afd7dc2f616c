import type { Model } from "./agent/model.ts";
import { systemTiming } from "./agent/system-timing.ts";
import type { ChatSession } from "./chat/chat-session.ts";
import { TitleWriter } from "./chat/titles/title-writer.ts";
import { isCheap } from "./policy/budgets/is-cheap.ts";
import type { PriceOf } from "./policy/budgets/price-of.ts";
import type { Connection } from "./protocol/connection.ts";
import { readRoutingSettings } from "./vscode/routing-settings.ts";
import { readChatTitles } from "./vscode/title-settings.ts";

export interface TitleParts {
  readonly priceOf: PriceOf;
  /** As the session's own turns are asked: paid for, masked and limited with them. */
  readonly connect: (connection: Connection) => Promise<{ readonly model: Model }>;
}

/** Gives a session its title. */
export function composeTitles(session: ChatSession, { priceOf, connect }: TitleParts): TitleWriter {
  return new TitleWriter({
    session,
    isOn: () => readChatTitles() === "automatic",
    modelFor: ({ connection }) => {
      const writer = titleConnection(connection, readRoutingSettings().fastModel, priceOf);
      return writer && (async () => (await connect(writer)).model);
    },
    timing: systemTiming,
  });
}

/** The fast model where the user has named one, else the chat's own where that costs next to nothing; undefined: neither. */
function titleConnection(
  connection: Connection,
  fastModel: string | undefined,
  priceOf: PriceOf,
): Connection | undefined {
  // A gateway that decides who answers does not say what that costs.
  if (connection.kind === "demo") return connection;
  const { routing: _, ...plain } = connection;
  if (fastModel !== undefined && !plain.gatewayDecidesModel) return { ...plain, modelId: fastModel };
  return !plain.gatewayDecidesModel && isCheap(priceOf(plain.modelId)) ? plain : undefined;
}
