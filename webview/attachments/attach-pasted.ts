import { signal } from "@preact/signals";
import { prefillComposer } from "../composer/draft.ts";
import { removeAttachment } from "../host.ts";
import { attachContext } from "./attach-context.ts";
import { attachFiles } from "./attach-files.ts";

/** Longer text becomes a chip; so does text of more lines. */
const mostCharacters = 4_000;
const mostLines = 40;

/** The text that became a chip last, as long as it may still become text of the prompt. */
export const lastPaste = signal<{ readonly id: string; readonly text: string } | null>(null);

/** A pasted image or long text becomes a chip; the rest is pasted as ever. */
export function attachPasted(event: ClipboardEvent, { asText }: { readonly asText: boolean }): void {
  const { clipboardData } = event;
  if (clipboardData === null) return;
  const text = clipboardData.getData("text/plain");
  const files = [...clipboardData.files];
  if (files.length > 0 && text === "") {
    event.preventDefault();
    void attachFiles(files);
    return;
  }
  lastPaste.value = null;
  if (asText || !isLong(text)) return;
  event.preventDefault();
  lastPaste.value = { id: attachContext({ kind: "pasted", text }), text };
}

/** What became a chip stands in the prompt instead. */
export function pasteAsText(): void {
  const paste = lastPaste.value;
  if (paste === null) return;
  lastPaste.value = null;
  removeAttachment(paste.id);
  prefillComposer(paste.text);
}

function isLong(text: string): boolean {
  return text.length > mostCharacters || text.split("\n", mostLines + 1).length > mostLines;
}
