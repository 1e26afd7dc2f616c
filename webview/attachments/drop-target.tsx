import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { t } from "../strings.ts";
import { attachContext } from "./attach-context.ts";
import { attachFiles } from "./attach-files.ts";

type Hover = "none" | "without-shift" | "ready";

/**
 * Takes what is dropped anywhere on the panel. VS Code lets a page have a drop only while Shift is held, so that is said as
 * soon as something is dragged over it.
 */
export function DropTarget() {
  const [hover, setHover] = useState<Hover>("none");
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      setHover(event.shiftKey ? "ready" : "without-shift");
    };
    const leave = (event: DragEvent) => {
      // Within the page there is always another element to go to.
      if (event.relatedTarget === null) setHover("none");
    };
    const drop = (event: DragEvent) => {
      setHover("none");
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) attachDropped(event.dataTransfer);
    };
    const listeners = [
      ["dragenter", over],
      ["dragover", over],
      ["dragleave", leave],
      ["drop", drop],
    ] as const;
    for (const [name, listener] of listeners) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    };
  }, []);
  if (hover === "none") return null;
  return (
    <div class="drop-overlay">
      <span>
        <Icon name="add" />
        {hover === "ready" ? t("Attach as Context") : t("Hold Shift to attach as context")}
      </span>
    </div>
  );
}

/** As VS Code's Explorer and tabs, other programs and browsers give them. */
const uriTypes = ["application/vnd.code.uri-list", "text/uri-list", "resourceurls"];

function holdsFiles(data: DataTransfer | null): boolean {
  return data?.types.some((type) => uriTypes.includes(type.toLowerCase()) || type === "Files") ?? false;
}

function attachDropped(data: DataTransfer): void {
  const list = uriTypes.map((type) => data.getData(type)).find((text) => text.trim() !== "") ?? "";
  // The last of the types is a list in JSON.
  const uris = list
    .replace(/^\["|"\]$/gu, "")
    .split(/\r?\n|","/u)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
  for (const uri of new Set(uris)) attachContext({ kind: "uri", uri: uri.trim() });
  // A browser's image comes as both; its address is enough. Files from elsewhere have no address here.
  if (uris.length === 0) void attachFiles([...data.files]);
}
