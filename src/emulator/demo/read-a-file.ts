import { fenceLanguage } from "./code-excerpt.ts";
import { type Ask, answer, explain, fence, needs, type Progress, type ToolCall, type ToolOutcome } from "./progress.ts";
import { parseReadResult, parseSearchResult } from "./tool-results.ts";
import type { Wish } from "./wishes.ts";

type Read = Extract<Wish, { kind: "read" }>;

const shownLines = 40;

/** Reads a file and shows it; when there is none at that path, looks for one of that name. */
export function readAFile(wish: Read, ask: Ask): Progress {
  const call = readCall(wish, wish.path);
  const outcome = ask(call);
  if (outcome === undefined) {
    return needs("read", `Let me read \`${wish.path}\`.`, call);
  }
  return outcome.kind === "failed" && isMissing(outcome)
    ? readByName(wish, outcome, ask)
    : show(wish.path, outcome, call);
}

function isMissing({ text }: ToolOutcome): boolean {
  return /\bdoes not exist\b|^There is no file\b/u.test(text);
}

function readCall({ kind: _, ...wish }: Read, path: string): ToolCall {
  return { name: "read_file", input: { ...wish, path } };
}

function readByName(wish: Read, failure: ToolOutcome, ask: Ask): Progress {
  const name = wish.path.split(/[/\\]/u).at(-1) ?? wish.path;
  const search = { name: "search_files", input: { pattern: ".", regex: true, glob: `**/${name}`, maxResults: 5 } };
  const found = ask(search);
  if (found === undefined) {
    return needs("read", `There is no \`${wish.path}\`. Let me look for a file named \`${name}\` elsewhere.`, search);
  }
  const path = found.kind === "succeeded" ? parseSearchResult(found.text).hits[0]?.path : undefined;
  if (path === undefined || path === wish.path) {
    const near = /Similar names beside it: (.+)$/mu.exec(failure.text)?.[1]?.split(", ") ?? [];
    return answer(
      `There is no file \`${wish.path}\` in the workspace, and none named \`${name}\` in another folder of it.`,
      near.length === 0 ? "" : `Similar names beside it: ${near.map((other) => `\`${other}\``).join(", ")}.`,
    );
  }
  const call = readCall(wish, path);
  const outcome = ask(call);
  return outcome === undefined
    ? needs("read", `There is \`${path}\`. Let me read that.`, call)
    : show(path, outcome, call);
}

function show(path: string, outcome: ToolOutcome, call: ToolCall): Progress {
  if (outcome.kind !== "succeeded") {
    return explain(outcome, call, `show \`${path}\``);
  }
  const read = parseReadResult(outcome.text);
  const [first] = read.lines;
  if (first === undefined) {
    return answer(`\`${path}\` has no text to show:`, fence("text", outcome.text));
  }
  const shown = read.lines.slice(0, shownLines);
  const last = shown.at(-1)?.number ?? first.number;
  const total = read.total ?? read.lines.at(-1)?.number ?? last;
  const range =
    first.number === 1 && last === total ? `${total} lines` : `lines ${first.number} to ${last} of ${total}`;
  return answer(
    `\`${read.path ?? path}\`, ${range}:`,
    fence(fenceLanguage(path), shown.map(({ text }) => text).join("\n")),
  );
}
