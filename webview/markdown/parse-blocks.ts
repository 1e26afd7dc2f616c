import MarkdownIt, { type Token } from "markdown-it";
import { boundParsing } from "./bound-parsing.ts";
import { guardNesting } from "./guard-nesting.ts";
import { LinkifyIt } from "./plain-links.ts";

/** A top-level block of a document. */
export interface Block {
  readonly tokens: readonly Token[];
  /** 0-based, within the parsed text. */
  readonly startLine: number;
  /** Exclusive. */
  readonly endLine: number;
}

export interface ParsedBlocks {
  readonly blocks: readonly Block[];
  /** A link-reference definition was seen: blocks before and after it may depend on it. */
  readonly definesReferences: boolean;
}

const parser = createParser();

function createParser() {
  const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, maxNesting: 1000 });
  Object.assign(markdown, { linkify: new LinkifyIt() });
  // Destinations are judged where the DOM is built; refusing one here would show the link's source text instead.
  markdown.validateLink = () => true;
  markdown.normalizeLink = (url) => url;
  markdown.normalizeLinkText = (text) => text;
  boundParsing(markdown);
  return markdown;
}

/** Parses CommonMark with tables and strikethrough. Raw HTML is text. `source` has `\n` line ends. */
export function parseBlocks(source: string): ParsedBlocks {
  const environment: Parameters<typeof parser.parse>[1] = {};
  const tokens = parser.parse(guardNesting(source), environment);
  const blocks: Block[] = [];
  let start = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.level !== 0 || token.nesting === 1) continue;
    const [startLine, endLine] = tokens[start]?.map ?? [0, 0];
    blocks.push({ tokens: tokens.slice(start, index + 1), startLine, endLine });
    start = index + 1;
  }
  return { blocks, definesReferences: Object.keys(environment?.references ?? {}).length > 0 };
}

/** CommonMark knows three line ends and replaces NUL; here there is one line end and no NUL. */
export function normaliseSource(text: string): string {
  return /[\r\0]/.test(text) ? text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd") : text;
}
