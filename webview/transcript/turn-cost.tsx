import type { Turn } from "../../src/protocol/chat-state.ts";
import { costOfTurns, costText } from "../../src/protocol/cost.ts";
import { costWords } from "../cost-words.ts";
import { runHostCommand } from "../host.ts";
import { turns } from "../session/panel-state.ts";
import { t } from "../strings.ts";

/** What a turn cost; a press shows the usage of all chats. Nothing where nothing costs. */
export function TurnCost({ turn }: { readonly turn: Turn }) {
  const { cost } = turn;
  if (cost === undefined) return null;
  const upToHere = turns.peek().slice(0, turns.peek().indexOf(turn) + 1);
  const chat = costOfTurns(upToHere) ?? cost;
  const own = costWords(cost);
  const more = t("This chat so far: {0}, {1}. Show usage", costText(chat), chat.prices);
  return (
    <button
      type="button"
      class="cost-button"
      title={more}
      aria-label={`${own}. ${more}`}
      onClick={() => runHostCommand("showUsage")}
    >
      {own}
    </button>
  );
}
