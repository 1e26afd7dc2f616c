import { useState } from "preact/hooks";
import { visibleText } from "../markdown/visible-text.ts";
import { formatSize, t } from "../strings.ts";
import { Button } from "./button.tsx";

/** Lines that are shown before "Show More". */
const shownLines = 40;
/** A single endless line is cut as well. */
const shownCharacters = 8000;

interface PlainOutputProps {
  readonly label: string;
  readonly text: string;
}

/** Program text as it is, in the editor's font; long text unfolds. */
export function PlainOutput({ label, text }: PlainOutputProps) {
  const [all, setAll] = useState(false);
  const start = all ? text : firstPart(text);
  return (
    <figure class="plain-output">
      <figcaption class="plain-output-label">{label}</figcaption>
      <pre>{visibleText(start)}</pre>
      {start.length < text.length && (
        <Button kind="link" onPress={() => setAll(true)}>
          {t("Show More ({0})", formatSize(new Blob([text]).size))}
        </Button>
      )}
    </figure>
  );
}

function firstPart(text: string): string {
  const lines = text.split("\n", shownLines + 1);
  const start = lines.length > shownLines ? lines.slice(0, shownLines).join("\n") : text;
  return start.length > shownCharacters ? start.slice(0, shownCharacters) : start;
}
