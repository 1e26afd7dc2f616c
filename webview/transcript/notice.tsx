import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { focusComposer } from "../composer/draft.ts";
import { Icon, type IconName } from "../icon.tsx";
import { Button } from "../primitives/button.tsx";

interface NoticeProps {
  readonly icon: IconName;
  readonly tone?: "plain" | "warning" | "error";
  /** The kind of what happened, where the text alone does not begin with it. */
  readonly title?: string;
  readonly text: string;
  /** What the user can do about it. */
  readonly help?: string;
  readonly children?: ComponentChildren;
}

/** One thing that the user should know about a turn. When it goes while the focus is within, the composer gets it. */
export function Notice({ icon, tone = "plain", title, text, help, children }: NoticeProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => () => {
      if (element.current?.contains(document.activeElement)) focusComposer();
    },
    [],
  );
  return (
    <div class={`notice notice-${tone}`} ref={element}>
      <Icon name={icon} class="notice-icon" />
      <div class="notice-content">
        <div>
          {title !== undefined && <div class="notice-title">{title}</div>}
          <div class="notice-text">{text}</div>
          {help !== undefined && <div class="notice-muted">{help}</div>}
        </div>
        {children}
      </div>
    </div>
  );
}

export interface NoticeAction {
  readonly label: string;
  readonly onPress: () => void;
  /** Focusable and announced, but without effect. */
  readonly disabled?: boolean;
}

interface NoticeActionsProps {
  /** The most helpful first. */
  readonly actions: readonly NoticeAction[];
  /** Whether the first one stands out. */
  readonly emphasis?: boolean;
}

export function NoticeActions({ actions, emphasis = true }: NoticeActionsProps) {
  if (actions.length === 0) return null;
  return (
    <div class="notice-actions">
      {actions.map(({ label, onPress, disabled = false }, index) => (
        <Button
          key={label}
          kind={emphasis && index === 0 ? "primary" : "secondary"}
          disabled={disabled}
          onPress={onPress}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
