import type { Turn } from "../../src/protocol/chat-state.ts";
import { Icon } from "../icon.tsx";
import { plural, t } from "../strings.ts";

/** Below what a failed attempt had shown: the grey alone does not say that it is void. */
export function ReplacedMark({ trouble }: Pick<Turn, "trouble">) {
  return (
    <div class="replaced-mark">
      <Icon name="debug-disconnect" />
      <span>{describeLoss(trouble)}</span>
    </div>
  );
}

function describeLoss(trouble: Turn["trouble"]): string {
  switch (trouble?.errors.at(-1)?.kind) {
    case "network":
    case "truncated_stream":
    case "empty_stream":
    case "timeout_first_byte":
    case "timeout_idle":
      return t("Connection lost; asking again");
    case "malformed_tool_use":
      return t("Malformed; asking again");
    default:
      return t("Interrupted; asking again");
  }
}

/**
 * Below a text that was cut and goes on in the same place: words, lists and code blocks run across the cut, so that
 * nothing can stand between its halves.
 */
export function ContinuedMark({ cuts }: { readonly cuts: number }) {
  return (
    <div class="replaced-mark continued-mark">
      <Icon name="debug-disconnect" />
      <span>{plural(cuts, "Was interrupted and continued", "Was interrupted and continued {0} times")}</span>
    </div>
  );
}
