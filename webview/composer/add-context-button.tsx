import { IconButton } from "../primitives/button.tsx";
import { keyNames } from "../session/key-names.ts";
import { t } from "../strings.ts";
import { addContext } from "./add-context.ts";

export function AddContextButton() {
  return (
    <IconButton
      icon="add"
      label={t("Add Context…")}
      title={t("Add Context… ({0}). Type # or @ to search, or hold Shift and drop files here.", keyNames.addContext)}
      onPress={addContext}
    />
  );
}
