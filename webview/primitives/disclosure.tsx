import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Icon } from "../icon.tsx";

interface DisclosureProps {
  readonly class: string;
  /** The header's tooltip. */
  readonly title?: string | undefined;
  /** Text and icons only; it is a button's content. */
  readonly header: ComponentChildren;
  /** Built when unfolded. */
  readonly children: () => ComponentChildren;
}

/** A header that unfolds what is below it. */
export function Disclosure({ class: className, title, header, children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div class={`disclosure ${className}`}>
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
      {open && (
        <div class="disclosure-body" id={id}>
          {children()}
        </div>
      )}
    </div>
  );
}
