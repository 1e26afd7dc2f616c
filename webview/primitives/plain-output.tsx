import { useState } from "preact/hooks";
import { visibleText } from "../markdown/visible-text.ts";
import { formatSize, t } from "../strings.ts";
import { Button } from "./button.tsx";
import { splitText } from "./split-text.ts";

/** Lines that are shown before "Show More". */
const shownLines = 40;
/** A single endless line is cut as well. */
const shownCharacters = 8000;

/** What "Show More" shows at most. */
const mostCharacters = 400_000;

interface PlainOutputProps {
  readonly label: string;
  readonly text: string;
}

/** Program text as it is, in the editor's font; long text unfolds. */
export function PlainOutput({ label, text }: PlainOutputProps) {
  const [all, setAll] = useState(false);
  const start = all ? text.slice(0, mostCharacters) : firstPart(text);
  return (
    <figure class="plain-output">
      <figcaption class="plain-output-label">{label}</figcaption>
      <pre>{layOut(visibleText(start))}</pre>
      {!all && start.length < text.length && (
        <Button kind="link" onPress={() => setAll(true)}>
          {t("Show More ({0})", formatSize(new Blob([text]).size))}
        </Button>
      )}
      {all && start.length < text.length && <div class="plain-output-label">{t("The rest is not shown.")}</div>}
    </figure>
  );
}

/** The text, or each line in pieces where one is very long. */
function layOut(text: string) {
  const lines = text.split("\n");
  if (lines.every((line) => splitText(line).length === 1)) return text;
  return lines.flatMap(splitText).map((piece, index) => <div key={index}>{piece === "" ? "\n" : piece}</div>);
}

function firstPart(text: string): string {
  const lines = text.split("\n", shownLines + 1);
  const start = lines.length > shownLines ? lines.slice(0, shownLines).join("\n") : text;
  return start.length > shownCharacters ? start.slice(0, shownCharacters) : start;
}
