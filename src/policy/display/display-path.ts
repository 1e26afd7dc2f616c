import { t } from "../../protocol/localize.ts";
import { looksLikeAscii, replaceLookAlikePunctuation } from "./confusable-letters.ts";
import { findHiddenCharacters } from "./hidden-characters.ts";
import { makeVisibleLine, showCodePoint } from "./make-visible.ts";

export interface DisplayedPath {
  /** On one line, with hidden characters and punctuation that only looks like a dot or a slash shown as `⟦U+…⟧`. */
  readonly text: string;
  /** The real extension with its dot, hidden characters shown; empty where there is none. */
  readonly extension: string;
  /** Said next to a path that could be read as another; undefined for ordinary ones. */
  readonly warning: string | undefined;
}

/** A path as it may be shown where the user decides. The extension is that of the stored order of characters, not of the drawn one. */
export function displayPath(path: string): DisplayedPath {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? makeVisibleLine(name.slice(dot)) : "";
  const text = replaceLookAlikePunctuation(makeVisibleLine(path), showCodePoint);
  return { text, extension, warning: warningFor(path, text, extension) };
}

function warningFor(path: string, text: string, extension: string): string | undefined {
  const real = extension === "" ? t("it has no extension") : t("its extension is really {0}", extension);
  if (findHiddenCharacters(path).some(({ kind }) => kind === "direction control")) {
    return t("The name contains direction controls; {0}.", real);
  }
  if (text !== path) return t("The name contains characters that are not what they seem; {0}.", real);
  if (path.split(/[/\\.]/u).some(looksLikeAscii))
    return t("The name contains letters of another script that look like ASCII; {0}.", real);
  return undefined;
}
