import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../icon.tsx";

interface WorkHeaderProps {
  readonly label: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** The work was on the screen before it is folded. */
  readonly wasWatched: boolean;
}

/** The line that stands for the work before an answer. Work in which the user is when the answer comes stays unfolded. */
export function WorkHeader({ label, open, onToggle, wasWatched }: WorkHeaderProps) {
  const header = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (!wasWatched) return;
    const folded = header.current?.closest(".answer")?.querySelectorAll(".folded") ?? [];
    if ([...folded].some(isInUse)) onToggle(true);
  }, []);
  return (
    <button
      type="button"
      class="disclosure-header work-header"
      aria-expanded={open}
      ref={header}
      onClick={() => onToggle(!open)}
    >
      <Icon name="check" />
      <span>{label}</span>
      <Icon name={open ? "chevron-down" : "chevron-right"} class="disclosure-chevron" />
    </button>
  );
}

function isInUse(element: Element): boolean {
  const selection = getSelection();
  const isSelected = selection !== null && !selection.isCollapsed && selection.containsNode(element, true);
  return (
    isSelected || element.contains(document.activeElement) || element.querySelector("[aria-expanded=true]") !== null
  );
}
