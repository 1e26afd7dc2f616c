import type { ComponentChildren, Ref } from "preact";
import { Icon, type IconName } from "../icon.tsx";

interface ButtonProps {
  readonly kind?: "primary" | "secondary" | "link";
  /** Focusable and announced, but without effect. */
  readonly disabled?: boolean;
  readonly title?: string;
  readonly onPress: (button: HTMLButtonElement) => void;
  readonly children: ComponentChildren;
}

/** A text button in VS Code's colours. */
export function Button({ kind = "secondary", disabled = false, title, onPress, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      aria-disabled={disabled}
      title={title}
      onClick={(event) => {
        if (!disabled) onPress(event.currentTarget);
      }}
    >
      {children}
    </button>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  /** Its name for screen readers, and its tooltip unless `title` says more. */
  readonly label: string;
  readonly title?: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly elementRef?: Ref<HTMLButtonElement>;
  readonly onPress: (button: HTMLButtonElement) => void;
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, title = label, class: className = "", disabled = false, elementRef, onPress } = props;
  return (
    <button
      type="button"
      class={`icon-button ${className}`}
      aria-label={label}
      aria-disabled={disabled}
      title={title}
      ref={elementRef ?? null}
      onClick={(event) => {
        if (!disabled) onPress(event.currentTarget);
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
