import { lastPaste, pasteAsText } from "../attachments/attach-pasted.ts";
import { Button } from "../primitives/button.tsx";
import { context } from "../session/panel-state.ts";
import { t } from "../strings.ts";

/** Below the box after a long paste, as long as its chip is there. */
export function PasteHint() {
  const paste = lastPaste.value;
  if (paste === null || context.value?.attachments.every(({ id }) => id !== paste.id)) return null;
  return (
    <div class="composer-hint">
      {t("Long text was attached.")}{" "}
      <Button kind="link" onPress={pasteAsText}>
        {t("Paste as Text")}
      </Button>
    </div>
  );
}
