import { announce } from "../announcements/announcer.tsx";
import { formatSize, t } from "../strings.ts";
import { attachContext } from "./attach-context.ts";

/** Rather more than any model takes of one image or document; what is larger is not even read. */
const mostBytes = 10_000_000;

/** Files that the page was given, pasted or dropped: the host says what of them can be sent. */
export async function attachFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    const name = file.name || t("image");
    if (file.size > mostBytes) {
      announce(t("{0} is too large to attach: {1}.", name, formatSize(file.size)));
      // The host refuses it with the reason, on its chip.
      attachContext({ kind: "upload", name, data: "" });
      continue;
    }
    attachContext({ kind: "upload", name, data: toBase64(new Uint8Array(await file.arrayBuffer())) });
  }
}

function toBase64(bytes: Uint8Array): string {
  const step = 0x8000;
  let text = "";
  for (let from = 0; from < bytes.length; from += step)
    text += String.fromCharCode(...bytes.subarray(from, from + step));
  return btoa(text);
}
