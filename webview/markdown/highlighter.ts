/**
 * What the second script offers to the first: code as highlighted text in `span`s with `hljs-…` classes, or undefined for a language
 * that it does not know.
 */
export type Highlighter = (language: string, code: string) => DocumentFragment | undefined;

/** Fired on `window` when the second script has run. */
export const highlighterEvent = "outcrop-highlighter";

declare global {
  interface Window {
    outcropHighlighter?: Highlighter;
  }
}
