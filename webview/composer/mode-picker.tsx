import { useRef, useState } from "preact/hooks";
import type { ChatMode } from "../../src/protocol/chat-choice.ts";
import { announce } from "../announcements/announcer.tsx";
import { chooseMode, runHostCommand } from "../host.ts";
import { Icon } from "../icon.tsx";
import { IconButton } from "../primitives/button.tsx";
import { Menu, type MenuItem } from "../primitives/menu.tsx";
import { mode } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { focusComposer } from "./draft.ts";

/** What the next prompt may lead to; a press offers the other modes, as VS Code's own picker does. */
export function ModePicker() {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const name = nameOf(mode.value);
  return (
    <div class="mode-picker">
      <button
        type="button"
        class="mode-button"
        ref={toggle}
        aria-label={t("Mode: {0}. Select another mode", name)}
        title={t("{0}: {1} Select another mode", name, describe(mode.value))}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") setOpen(true);
          else if (event.key === "Escape") setOpen(false);
          else return;
          event.preventDefault();
        }}
      >
        <span>{name}</span>
        <Icon name="chevron-down" />
      </button>
      {open && (
        <Menu
          label={t("Mode")}
          groups={[{ title: "", description: "", items: (["agent", "ask"] as const).map(toItem) }]}
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

/** Opens VS Code's own list: which tools exist is nothing that a page decides. */
export function ToolsButton() {
  return (
    <IconButton
      icon="tools"
      label={t("Configure Tools…")}
      onPress={() => {
        // Where the focus is wanted when the list closes.
        focusComposer();
        runHostCommand("configureTools");
      }}
    />
  );
}

function toItem(offered: ChatMode): MenuItem {
  const label = nameOf(offered);
  return {
    label,
    fullLabel: `${label}. ${describe(offered)}`,
    title: "",
    description: describe(offered),
    checked: offered === mode.value,
    onPress: () => {
      focusComposer();
      if (offered === mode.value) return;
      chooseMode(offered);
      announce(t("Mode: {0}. It counts from the next prompt on.", label));
    },
  };
}

function nameOf(offered: ChatMode): string {
  return offered === "ask" ? t("Ask") : t("Agent");
}

function describe(offered: ChatMode): string {
  return offered === "ask"
    ? t("Looks and answers; nothing is changed or run.")
    : t("Uses every tool that is on; what has an effect asks first.");
}
