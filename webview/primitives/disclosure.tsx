import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { searching } from "../session/panel-state.ts";

interface DisclosureProps {
  readonly class: string;
  /** The header's tooltip. */
  readonly title?: string | undefined;
  /** Text and icons only; it is a button's content. */
  readonly header: ComponentChildren;
  /** Shown while it is folded. */
  readonly peek?: ComponentChildren;
  /** Built when unfolded. */
  readonly children: () => ComponentChildren;
}

/** A header that unfolds what is below it. */
export function Disclosure({ class: className, title, header, peek, children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = () => setOpen(true);
    body.current?.addEventListener("beforematch", show);
    return () => body.current?.removeEventListener("beforematch", show);
  }, [searching.value]);
  return (
    <div class={`disclosure ${open ? "disclosure-open" : ""} ${className}`}>
      <button
        type="button"
        class="disclosure-header"
        title={title}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {header}
        <Icon name={open ? "chevron-down" : "chevron-right"} class="disclosure-chevron" />
      </button>
      {!open && peek}
      {(open || searching.value) && (
        <div class="disclosure-body" id={id} hidden={!open} ref={body}>
          {children()}
        </div>
      )}
    </div>
  );
}
