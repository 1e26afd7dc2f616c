import { type Cost, costText } from "../src/protocol/cost.ts";
import { t } from "./strings.ts";

/** A cost where nothing before it says that it is one: `$0.42`, `cost unknown`. */
export function costWords(cost: Pick<Cost, "dollars" | "unknown">): string {
  return cost.dollars === 0 && cost.unknown > 0 ? t("cost unknown") : costText(cost);
}
