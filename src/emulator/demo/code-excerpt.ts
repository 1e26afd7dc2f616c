import type { ReadResult } from "./tool-results.ts";

const longestExcerpt = 24;

/** The language name for a code fence, from a file's extension. */
export function fenceLanguage(path: string): string {
  const extension = /\.([\w]+)$/u.exec(path)?.[1]?.toLowerCase() ?? "text";
  const names: Readonly<Record<string, string>> = {
    mts: "ts",
    cts: "ts",
    mjs: "js",
    cjs: "js",
    markdown: "md",
    yml: "yaml",
    txt: "text",
    htm: "html",
    rs: "rust",
    rb: "ruby",
    sh: "bash",
    h: "c",
  };
  return names[extension] ?? extension;
}

/** The lines around a line that belong together: comments above it, and its block to the closing bracket. */
export function excerptAround(read: ReadResult, line: number): string {
  const at = read.lines.findIndex(({ number }) => number === line);
  if (at < 0) {
    return read.lines
      .slice(0, longestExcerpt)
      .map(({ text }) => text)
      .join("\n");
  }
  const texts = read.lines.map(({ text }) => text);
  return dedent(texts.slice(commentStart(texts, at), blockEnd(texts, at) + 1));
}

function commentStart(texts: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && /^\s*(?:\/\/|\/\*|\*|#(?!include)|@\w)/u.test(texts[start - 1] ?? "")) {
    start -= 1;
  }
  return start;
}

function blockEnd(texts: readonly string[], at: number): number {
  const limit = Math.min(texts.length - 1, at + longestExcerpt);
  let depth = 0;
  for (let index = at; index <= limit; index += 1) {
    const text = texts[index] ?? "";
    depth += (text.match(/[{([]/gu)?.length ?? 0) - (text.match(/[})\]]/gu)?.length ?? 0);
    if (depth <= 0 && index > at - 1 && !/:\s*$/u.test(text)) {
      return depth < 0 ? Math.max(at, index - 1) : index;
    }
    if (depth === 0 && /:\s*$/u.test(text)) {
      return indentedEnd(texts, index, limit);
    }
  }
  return limit;
}

/** Languages with blocks by indentation. */
function indentedEnd(texts: readonly string[], at: number, limit: number): number {
  const indent = (text: string) => /^\s*/u.exec(text)?.[0].length ?? 0;
  let end = at;
  for (let index = at + 1; index <= limit; index += 1) {
    const text = texts[index] ?? "";
    if (text.trim() !== "" && indent(text) <= indent(texts[at] ?? "")) {
      break;
    }
    end = text.trim() === "" ? end : index;
  }
  return end;
}

function dedent(texts: readonly string[]): string {
  const indents = texts.filter((text) => text.trim() !== "").map((text) => /^\s*/u.exec(text)?.[0].length ?? 0);
  const shared = Math.min(...indents);
  return texts.map((text) => text.slice(shared)).join("\n");
}
