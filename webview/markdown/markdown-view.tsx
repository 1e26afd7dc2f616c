import { useLayoutEffect, useRef } from "preact/hooks";
import { StreamedMarkdown } from "./streamed-markdown.ts";

interface MarkdownViewProps {
  readonly text: string;
  /** More is coming. */
  readonly growing: boolean;
  readonly class?: string;
}

/** An island: the component owns one element, and what is inside is built by hand, block by block. */
export function MarkdownView({ text, growing, class: className = "" }: MarkdownViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const streamed = useRef<StreamedMarkdown | null>(null);
  useLayoutEffect(() => {
    if (element.current === null) return;
    streamed.current ??= new StreamedMarkdown(element.current);
    streamed.current.update(text, growing);
  }, [text, growing]);
  return <div class={`markdown ${className}`} ref={element} />;
}
