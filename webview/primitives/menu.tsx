import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../icon.tsx";

export interface MenuItem {
  readonly label: string;
  /** What a screen reader hears: the label in its context. */
  readonly fullLabel: string;
  readonly title: string;
  /** Below the label. */
  readonly description?: string;
  /** Given where one of the items is in force. */
  readonly checked?: boolean;
  readonly onPress: () => void;
}

export interface MenuGroup {
  /** Empty: the items say it all. */
  readonly title: string;
  /** Below the title, in the editor's font; empty: none. */
  readonly description: string;
  readonly items: readonly MenuItem[];
}

interface MenuProps {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  /** Closed by the user: focus goes back to where the menu was opened. */
  readonly onClose: () => void;
  /** The focus went elsewhere. */
  readonly onLeave: () => void;
}

/** Choices in groups. The arrow keys walk through all of them; it takes the focus when it comes. */
export function Menu({ label, groups, onClose, onLeave }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const first =
      menu.current?.querySelector<HTMLElement>("[aria-checked=true]") ?? menu.current?.querySelector("button");
    first?.focus({ preventScroll: true });
    menu.current?.scrollIntoView({ block: "nearest" });
  }, []);
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
      {groups.map((group, index) => (
        <Group key={`${index} ${group.title}`} group={group} onClose={onClose} />
      ))}
    </div>
  );
}

function Group({ group, onClose }: { readonly group: MenuGroup; readonly onClose: () => void }) {
  return (
    <fieldset class="menu-group" aria-label={group.title || undefined}>
      {group.title !== "" && (
        <>
          <div class="menu-group-title" aria-hidden="true">
            {group.title}
          </div>
          {group.description !== "" && (
            <div class="menu-group-description" aria-hidden="true" title={group.description}>
              {group.description}
            </div>
          )}
        </>
      )}
      {group.items.map(({ label, fullLabel, title, description, checked, onPress }) => (
        <button
          key={label}
          type="button"
          class="menu-item"
          {...(checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": checked })}
          aria-label={fullLabel}
          title={title || undefined}
          onClick={() => {
            onClose();
            onPress();
          }}
        >
          {checked !== undefined && <Icon name="check" />}
          {label}
          {description !== undefined && <span class="menu-item-description">{description}</span>}
        </button>
      ))}
    </fieldset>
  );
}

function moveFocus(menu: HTMLElement, key: "ArrowDown" | "ArrowUp"): void {
  const items: readonly Element[] = [...menu.querySelectorAll("button")];
  const focused = document.activeElement === null ? -1 : items.indexOf(document.activeElement);
  const step = key === "ArrowDown" ? 1 : -1;
  const next = items.at((focused + step + items.length) % items.length);
  if (next instanceof HTMLElement) next.focus();
}
