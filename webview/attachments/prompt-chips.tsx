import type { Attachment } from "../../src/protocol/attachment.ts";
import { openFile, openLink } from "../host.ts";
import { t } from "../strings.ts";
import { AttachmentChip } from "./attachment-chip.tsx";

/** Below a prompt in the transcript: what went with it, and what could not. */
export function PromptChips({ attachments }: { readonly attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul class="chips prompt-chips" aria-label={t("Attached context")}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <AttachmentChip attachment={attachment} onOpen={openerOf(attachment)} />
        </li>
      ))}
    </ul>
  );
}

function openerOf({ kind, path, startLine }: Attachment): (() => void) | undefined {
  if (path === undefined || kind === "folder") return undefined;
  return kind === "url" ? () => openLink(path) : () => openFile(path, startLine);
}
