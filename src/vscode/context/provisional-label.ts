import { posix } from "node:path";
import type { Attachment, ContextReference } from "../../protocol/attachment.ts";
import { formatNumber, t } from "../../protocol/localize.ts";

/** What the chip shows until the content was read. `attached`: how many there are before it. */
export function provisionalLabel(
  reference: ContextReference,
  attached: number,
): { readonly kind: NonNullable<Attachment["kind"]>; readonly label: string } {
  switch (reference.kind) {
    case "file":
    case "folder":
      return { kind: reference.kind, label: posix.basename(reference.path) };
    case "symbol":
      return { kind: "symbol", label: reference.name };
    case "selection":
      return { kind: "selection", label: t("Selection") };
    case "problems":
      return { kind: "problems", label: t("Problems") };
    case "changes":
      return { kind: "changes", label: t("Changes") };
    case "terminal":
      return { kind: "terminal", label: t("Terminal selection") };
    case "editors":
      return { kind: "file", label: t("Open editors") };
    case "url":
      return { kind: "url", label: reference.url };
    case "uri":
      return { kind: "file", label: posix.basename(decodable(reference.uri)) };
    case "pasted":
      return { kind: "pasted", label: pastedLabel(reference.text, attached + 1) };
    case "upload":
      return { kind: "image", label: posix.basename(reference.name) };
  }
}

export function pastedLabel(text: string, number: number): string {
  const lines = text.split("\n").length;
  return t(
    lines === 1 ? "Pasted text #{0} – {1} line" : "Pasted text #{0} – {1} lines",
    formatNumber(number),
    formatNumber(lines),
  );
}

function decodable(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
