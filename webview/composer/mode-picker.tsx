import { useRef, useState } from "preact/hooks";
import type { ChatMode, Permissions } from "../../src/protocol/chat-choice.ts";
import { announce } from "../announcements/announcer.tsx";
import { chooseMode, runHostCommand } from "../host.ts";
import { Icon } from "../icon.tsx";
import { IconButton } from "../primitives/button.tsx";
import { Menu, type MenuGroup, type MenuItem } from "../primitives/menu.tsx";
import { mode, permissions } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { focusComposer } from "./draft.ts";

/** What the next prompt may lead to, and what of it asks; a press offers the other modes and permissions, as VS Code's own pickers do. */
export function ModePicker() {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const name = nameOf(mode.value);
  const level = permissions.value;
  return (
    <div class="mode-picker">
      <button
        type="button"
        class="mode-button"
        ref={toggle}
        aria-label={
          level === undefined
            ? t("Mode: {0}. Select another mode", name)
            : t("Mode: {0}. {1}. Select mode and permissions", name, levelName(level))
        }
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
          groups={[
            {
              title: level === undefined ? "" : t("Mode"),
              description: "",
              items: (["agent", "ask"] as const).map(toItem),
            },
            ...(level === undefined ? [] : [permissionItems(level)]),
          ]}
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
      icon="settings"
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

/** Allow All is only asked for here: the host's own dialog turns it on. */
function permissionItems(level: Permissions): MenuGroup {
  const item = (offered: Permissions, label: string, description: string): MenuItem => ({
    ...{ label, description, title: "", checked: offered === level },
    fullLabel: `${label}. ${description}`,
    onPress: () => {
      focusComposer();
      if (offered !== level) runHostCommand(offered === "default" ? "defaultPermissions" : "allowAll");
    },
  });
  return {
    title: t("Permissions"),
    description: "",
    items: [
      item("default", levelName("default"), t("What has an effect asks, unless a rule of yours allows it.")),
      item("allow-all", t("Allow All…"), t("Ordinary edits, commands and tasks run without asking, in this chat.")),
    ],
  };
}

function levelName(level: Permissions): string {
  return level === "default" ? t("Default Permissions") : t("Allow All");
}

function nameOf(offered: ChatMode): string {
  return offered === "ask" ? t("Ask") : t("Agent");
}

function describe(offered: ChatMode): string {
  return offered === "ask"
    ? t("Looks and answers; nothing is changed or run.")
    : t("Uses every tool that is on; what has an effect asks first.");
}
