import { useEffect } from "preact/hooks";
import { announce } from "../announcements/announcer.tsx";
import { runHostCommand } from "../host.ts";
import { Icon } from "../icon.tsx";
import { permissions } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { focusComposer } from "./draft.ts";

/** As long as ordinary calls run unasked: says so, and turns it off. */
export function AllowAllMark() {
  const isOn = permissions.value === "allow-all";
  useEffect(() => {
    if (!isOn) return;
    announce(t("Allow All is on in this chat."));
    return () => announce(t("Allow All is off."));
  }, [isOn]);
  if (!isOn) return null;
  return (
    <button
      type="button"
      class="allow-all-mark"
      title={t("Ordinary edits, commands and tasks run without asking, in this chat.")}
      onClick={() => {
        focusComposer();
        runHostCommand("defaultPermissions");
      }}
    >
      <Icon name="warning" />
      <span>
        {t("Allow All is on")} <b>{t("Turn Off")}</b>
      </span>
    </button>
  );
}
