import type { Turn } from "../../src/protocol/chat-state.ts";
import { PromptChips } from "../attachments/prompt-chips.tsx";
import { forkChat } from "../host.ts";
import { IconButton } from "../primitives/button.tsx";
import { RestoreCheckpoint } from "../review/restore-checkpoint.tsx";
import { t } from "../strings.ts";
import { PromptBubble } from "./prompt-bubble.tsx";

/** What the user said, as they wrote it. */
export function PromptView({ turn }: { readonly turn: Turn }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: a li has its role from its parent alone, and that is no list here.
    <li class="prompt" role="listitem">
      <h2 class="visually-hidden">{t("You")}</h2>
      <RestoreCheckpoint turnId={turn.id} prompt={<PromptBubble turn={turn} />}>
        <IconButton
          icon="repo-forked"
          class="prompt-restore"
          label={t("Fork Conversation")}
          title={t("Open a new chat with what was said before this prompt")}
          onPress={() => forkChat(turn.id)}
        />
      </RestoreCheckpoint>
      <PromptChips attachments={turn.attachments} />
    </li>
  );
}
