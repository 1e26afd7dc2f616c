import icons from "virtual:codicons";

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

/** A codicon, drawn in the text's colour; decorative, so the text beside it or the button's label has to name it. */
export function Icon({ name, class: className = "" }: IconProps) {
  const icon = icons[name];
  if (icon === undefined) return null;
  return (
    <svg class={`icon icon-${name} ${className}`} viewBox={icon.viewBox} aria-hidden="true" focusable="false">
      {icon.paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

/** The same icon as a plain element, for the parts of the panel that build their DOM by hand. */
export function createIcon(name: IconName): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const icon = icons[name];
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", icon?.viewBox ?? "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  for (const path of icon?.paths ?? []) {
    const element = document.createElementNS(space, "path");
    element.setAttribute("d", path);
    svg.append(element);
  }
  return svg;
}
