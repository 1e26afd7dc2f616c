/** What is being typed behind a mark at the caret. */
export interface Trigger {
  readonly kind: "context" | "command";
  /** Where the mark stands. */
  readonly start: number;
  /** What stands between the mark and the caret. */
  readonly query: string;
}

/** Longer than any name that people type. */
const longest = 200;

/** `#` or `@` at the beginning of a word, `/` at the beginning of the prompt; undefined anywhere else, as within an address. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - longest), caret);
  const command = text.startsWith("/") && caret > 0 ? /^\/([\w.-]*)$/u.exec(text.slice(0, caret)) : null;
  if (command !== null) return { kind: "command", start: 0, query: command[1] ?? "" };
  const [, mark = "", query = ""] = /(?:^|[\s(["'])([#@])([^\s#@]*)$/u.exec(before) ?? [];
  if (mark === "" || /^#/u.test(query)) return undefined;
  return { kind: "context", start: caret - query.length - 1, query };
}
