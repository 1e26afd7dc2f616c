/** Code as highlighted text in `span`s with `hljs-…` classes, or undefined for a language that it does not know. */
export type Highlighter = (language: string, code: string) => DocumentFragment | undefined;
