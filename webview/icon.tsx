/** Those of `icons.json`, by their names in VS Code's own set. */
export type IconName =
  | "add"
  | "arrow-down"
  | "arrow-up"
  | "beaker"
  | "book"
  | "check"
  | "chevron-down"
  | "chevron-right"
  | "circle-slash"
  | "clockface"
  | "close"
  | "cloud"
  | "copy"
  | "debug-disconnect"
  | "debug-stop"
  | "diff-multiple"
  | "discard"
  | "edit"
  | "ellipsis"
  | "error"
  | "file"
  | "file-code"
  | "file-media"
  | "fold"
  | "folder"
  | "globe"
  | "info"
  | "list-selection"
  | "insert"
  | "loading"
  | "refresh"
  | "repo-forked"
  | "search"
  | "settings"
  | "stop-circle"
  | "symbol-method"
  | "tasklist"
  | "terminal"
  | "tools"
  | "warning";

interface IconProps {
  readonly name: IconName;
  readonly class?: string;
}

/** A codicon in the text's colour (`styles/icon.css`); decorative, so the text beside it or the button's label has to name it. */
export function Icon({ name, class: className = "" }: IconProps) {
  return <i class={`icon icon-${name} ${className}`} />;
}

/** The same icon as a plain element, for the parts of the panel that build their DOM by hand. */
export function createIcon(name: IconName): HTMLElement {
  const icon = document.createElement("i");
  icon.className = `icon icon-${name}`;
  return icon;
}
