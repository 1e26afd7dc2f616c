import type { MarkdownIt, Token } from "markdown-it";
import { splitText } from "../primitives/split-text.ts";
import { t } from "../strings.ts";
import { longestData } from "./judge-image.ts";

/**
 * Longest paragraph, heading or table cell whose marks are parsed, in UTF-16 units: the time that takes grows with the square of
 * the length, and half a megabyte of `![` takes half a minute. What is longer is shown as it is written.
 */
export const longestInline = 20_000;

/** Cells of a table that are shown; laying out many more takes seconds. */
const mostCells = 10_000;

/** Blocks of one text that are shown; while it streams, of the part that is not settled. */
const mostBlocks = 5000;

type CoreState = Parameters<Parameters<MarkdownIt["core"]["ruler"]["push"]>[1]>[0];

/** Puts bounds on what a document may cost. What is left out is said in its place. */
export function boundParsing(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "bounds", (state) => {
    state.tokens = boundBlocks(boundTables(state.tokens, state), state);
  });
  markdown.core.ruler.at("inline", (state) => {
    for (const token of state.tokens) {
      if (token.type === "inline") token.children = parseInline(token, state);
    }
  });
}

function parseInline(token: Token, { Token, md, env }: CoreState): Token[] {
  const children: Token[] = [];
  if (token.content.length <= longestInline || isPicture(token.content)) {
    md.inline.parse(token.content, md, env, children);
    return children;
  }
  const pieces = splitText(token.content).flatMap((piece) => {
    const text = new Token("text", "", 0);
    text.content = piece;
    return [text, new Token("hardbreak", "br", 0)];
  });
  // What comes after in the parser looks for addresses in here.
  token.content = "";
  return pieces.slice(0, -1);
}

/** An image whose bytes are in the text, and nothing else. */
function isPicture(content: string): boolean {
  return (
    content.length <= longestData && /^!\[[^[\]\n]{0,500}\]\(data:image\/[a-z]+;base64,[\w+/]*={0,2}\)$/.test(content)
  );
}

/** Takes the rows of a table away that are too many, and puts one in their place. */
function boundTables(tokens: readonly Token[], state: CoreState): Token[] {
  const kept: Token[] = [];
  let cells = 0;
  let isCut = false;
  for (const token of tokens) {
    if (token.type === "table_open") cells = 0;
    if (token.type === "td_open") cells += 1;
    if (token.type === "tr_open" && cells >= mostCells && !isCut) {
      isCut = true;
      kept.push(...remark(["tr", "td"], t("More rows are not shown."), state, token.level));
    }
    if (token.type === "tbody_close") isCut = false;
    if (!isCut) kept.push(token);
  }
  return kept;
}

function boundBlocks(tokens: Token[], state: CoreState): Token[] {
  let blocks = 0;
  const end = tokens.findIndex(({ level, nesting }) => {
    if (level === 0 && nesting >= 0) blocks += 1;
    return blocks > mostBlocks;
  });
  if (end === -1) return tokens;
  const rest = remark(["paragraph"], t("More is not shown."), state, 0);
  const [first] = rest;
  const line = tokens[end]?.map?.[0] ?? 0;
  if (first !== undefined) first.map = [line, line];
  return [...tokens.slice(0, end), ...rest];
}

/** A text in elements of our own. */
function remark(names: readonly string[], text: string, { Token }: CoreState, level: number): readonly Token[] {
  const inline = new Token("inline", "", 0);
  inline.content = text;
  inline.level = level + names.length;
  const opened = names.map((name, index) => {
    const token = new Token(`${name}_open`, name === "paragraph" ? "p" : name, 1);
    token.level = level + index;
    return token;
  });
  const closed = opened.map(({ tag, level: depth }, index) => {
    const token = new Token(`${names[index]}_close`, tag, -1);
    token.level = depth;
    return token;
  });
  return [...opened, inline, ...closed.reverse()];
}
