import { useEffect, useLayoutEffect } from "preact/hooks";
import { keepSelection, reopened } from "./draft.ts";

/** Keeps where the caret stands with the draft, and puts it there when a draft is opened. */
export function useKeptSelection(input: { readonly current: HTMLTextAreaElement | null }): void {
  useLayoutEffect(() => input.current?.setSelectionRange(reopened.value.start, reopened.value.end), [reopened.value]);
  useEffect(() => {
    const listener = () => {
      if (input.current !== null && document.activeElement === input.current) keepSelection(input.current);
    };
    document.addEventListener("selectionchange", listener);
    return () => document.removeEventListener("selectionchange", listener);
  }, []);
}
