import type { SteeredPart } from "../../src/protocol/chat-state.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { t } from "../strings.ts";

/** What the user said in the middle of the turn. */
export function SteeredRow({ part }: { readonly part: SteeredPart }) {
  return (
    <div class="steered">
      <span class="visually-hidden">{t("You, while it ran:")} </span>
      {visibleText(part.prompt)}
    </div>
  );
}
