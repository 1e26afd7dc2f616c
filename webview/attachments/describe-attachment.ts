import type { Attachment, AttachmentKind } from "../../src/protocol/attachment.ts";
import type { IconName } from "../icon.tsx";
import { t } from "../strings.ts";

const icons: Readonly<Record<AttachmentKind, IconName>> = {
  selection: "list-selection",
  file: "file",
  folder: "folder",
  symbol: "symbol-method",
  problems: "warning",
  changes: "file-code",
  terminal: "terminal",
  image: "file-media",
  document: "file",
  pasted: "list-selection",
  url: "globe",
  prompt: "book",
  instructions: "book",
};

export function iconOf({ kind = "selection", loading, problem }: Attachment): IconName {
  if (problem !== undefined) return "error";
  return loading ? "loading" : icons[kind];
}

/** As a screen reader says it: first what the chip shows. */
export function describeAttachment({ kind = "selection", label, path, startLine, endLine }: Attachment): string {
  if (path !== undefined && startLine !== undefined && kind !== "symbol") {
    return t("{0}, attached file, {1}, line {2} to line {3}", label, path, startLine, endLine ?? startLine);
  }
  switch (kind) {
    case "file":
    case "document":
      return path === undefined ? t("{0}, attached file", label) : t("{0}, attached file, {1}", label, path);
    case "folder":
      return t("{0}, attached folder, {1}", label, path ?? label);
    case "symbol":
      return t("{0}, attached symbol", label);
    case "image":
      return t("{0}, attached image", label);
    case "url":
      return t("{0}, attached page", label);
    case "instructions":
      return t("{0}, repository instructions", label);
    case "selection":
    case "problems":
    case "changes":
    case "terminal":
    case "pasted":
    case "prompt":
      return t("{0}, attached context", label);
  }
}

/** What hovering tells: where it is, what it holds, and what is in its way. */
export function hoverOf({ path, startLine, endLine, detail, problem, label }: Attachment): string {
  const range = startLine === undefined ? "" : startLine === endLine ? `:${startLine}` : `:${startLine}-${endLine}`;
  const lines = [path === undefined ? label : `${path}${range}`, detail, problem];
  return lines.filter((line) => line !== undefined && line !== "").join("\n");
}
