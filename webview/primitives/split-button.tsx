import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icon.tsx";

export interface MenuItem {
  readonly label: string;
  readonly onPress: () => void;
}

interface SplitButtonProps {
  readonly label: string;
  readonly title: string;
  /** The name of the part that opens the menu. */
  readonly menuLabel: string;
  readonly items: readonly MenuItem[];
  readonly disabled: boolean;
  readonly onPress: () => void;
}

/** A primary button with a menu of its variants. */
export function SplitButton({ label, title, menuLabel, items, disabled, onPress }: SplitButtonProps) {
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
      {items.length > 0 && (
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
      {open && <Menu label={menuLabel} items={items} onClose={close} onLeave={() => setOpen(false)} />}
    </div>
  );
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Closed by the user: focus goes back to where the menu was opened. */
  readonly onClose: () => void;
  /** The focus went elsewhere. */
  readonly onLeave: () => void;
}

function Menu({ label, items, onClose, onLeave }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => menu.current?.querySelector("button")?.focus(), []);
  return (
    <div
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      ref={menu}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Tab") onClose();
        else if (event.key === "ArrowDown" || event.key === "ArrowUp") moveFocus(event.currentTarget, event.key);
        else return;
        event.preventDefault();
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget;
        if (!(next instanceof Node) || !event.currentTarget.contains(next)) onLeave();
      }}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          class="menu-item"
          role="menuitem"
          onClick={() => {
            onClose();
            item.onPress();
          }}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

function moveFocus(menu: HTMLElement, key: "ArrowDown" | "ArrowUp"): void {
  const items: readonly Element[] = [...menu.querySelectorAll("button")];
  const focused = document.activeElement === null ? -1 : items.indexOf(document.activeElement);
  const step = key === "ArrowDown" ? 1 : -1;
  const next = items.at((focused + step + items.length) % items.length);
  if (next instanceof HTMLElement) next.focus();
}
