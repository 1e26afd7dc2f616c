import { useRef, useState } from "preact/hooks";
import { focusComposer } from "../composer/draft.ts";
import { otherAction, type RunningAction, sendDraft, sendDraftAs, usualAction } from "../composer/send-draft.ts";
import { Icon } from "../icon.tsx";
import { IconButton } from "../primitives/button.tsx";
import { Menu, type MenuItem } from "../primitives/menu.tsx";
import { keyNames } from "../session/key-names.ts";
import { t } from "../strings.ts";

/** What Enter does while an answer runs, and what else can become of the prompt. */
export function SendMenu() {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const usual = usualAction.value;
  return (
    <div class="split-button send-menu">
      <IconButton
        icon="arrow-up"
        class="send-button send-button-ready"
        label={nameOf(usual)}
        title={t("{0} (Enter)", nameOf(usual))}
        onPress={() => sendDraft()}
      />
      <button
        type="button"
        class="icon-button send-menu-toggle"
        ref={toggle}
        aria-label={t("More ways to send")}
        title={t("More ways to send")}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setOpen(false);
        }}
      >
        <Icon name="chevron-down" />
      </button>
      {open && (
        <Menu
          label={t("Send")}
          groups={[{ title: "", description: "", items: [usual, otherAction.value, "stop" as const].map(toItem) }]}
          onClose={() => {
            setOpen(false);
            toggle.current?.focus();
          }}
          onLeave={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function toItem(action: RunningAction): MenuItem {
  return {
    label: nameOf(action),
    fullLabel: `${nameOf(action)}. ${describe(action)}`,
    title: `${describe(action)}${action === otherAction.value ? ` (${keyNames.other})` : ""}`,
    onPress: () => {
      focusComposer();
      sendDraftAs(action);
    },
  };
}

function nameOf(action: RunningAction): string {
  switch (action) {
    case "queue":
      return t("Add to Queue");
    case "steer":
      return t("Steer with Message");
    case "stop":
      return t("Stop and Send");
  }
}

function describe(action: RunningAction): string {
  switch (action) {
    case "queue":
      return t("It is sent when the answer is complete.");
    case "steer":
      return t("The model gets it with the next results of its tools.");
    case "stop":
      return t("The running answer ends; what it has said stays.");
  }
}
