import { useLayoutEffect, useRef } from "preact/hooks";
import { formatSize, t } from "../strings.ts";
import { StreamedMarkdown } from "./streamed-markdown.ts";

/** Of one text, in UTF-16 units: more than a model writes in an answer, and drawn in well under a second. */
const longestShown = 400_000;

interface MarkdownViewProps {
  readonly text: string;
  /** More is coming. */
  readonly growing: boolean;
  readonly class?: string;
}

/** An island: the component owns one element, and what is inside is built by hand, block by block. */
export function MarkdownView({ text, growing, class: className = "" }: MarkdownViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const isCut = text.length > longestShown;
  const streamed = useRef<StreamedMarkdown | null>(null);
  useLayoutEffect(() => {
    if (element.current === null) return;
    streamed.current ??= new StreamedMarkdown(element.current);
    streamed.current.update(text.slice(0, longestShown), growing && !isCut);
  }, [isCut ? text.slice(0, longestShown) : text, growing && !isCut]);
  return (
    <>
      <div class={`markdown ${className}`} ref={element} />
      {isCut && <div class="markdown-cut">{t("The rest of this text is not shown ({0} in all).", sizeOf(text))}</div>}
    </>
  );
}

function sizeOf(text: string): string {
  return formatSize(new Blob([text]).size);
}
