import { useRef, useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { Menu, type MenuGroup } from "./menu.tsx";

interface SplitButtonProps {
  readonly label: string;
  readonly title: string;
  /** The name of the part that opens the menu. */
  readonly menuLabel: string;
  readonly groups: readonly MenuGroup[];
  readonly disabled: boolean;
  readonly onPress: () => void;
}

/** A primary button with a menu of its variants. */
export function SplitButton({ label, title, menuLabel, groups, disabled, onPress }: SplitButtonProps) {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    <div class="split-button">
      <button
        type="button"
        class="button button-primary"
        title={title}
        aria-disabled={disabled}
        onClick={() => {
          if (!disabled) onPress();
        }}
      >
        {label}
      </button>
      {groups.length > 0 && (
        <button
          type="button"
          class="button button-primary split-button-toggle"
          ref={toggle}
          title={menuLabel}
          aria-label={menuLabel}
          aria-haspopup="menu"
          aria-expanded={open}
          aria-disabled={disabled}
          onClick={() => {
            if (!disabled) setOpen(!open);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") setOpen(false);
          }}
        >
          <Icon name="chevron-down" />
        </button>
      )}
      {open && <Menu label={menuLabel} groups={groups} onClose={close} onLeave={() => setOpen(false)} />}
    </div>
  );
}
