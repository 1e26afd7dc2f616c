import type { Token } from "markdown-it";
import { buildInline } from "./build-inline.ts";
import { type CodeInfo, createCodeBlock } from "./code-block.ts";
import { linkTarget } from "./link-target.ts";
import type { Block } from "./parse-blocks.ts";
import { visibleText } from "./visible-text.ts";

/** Levels 1 and 2 are the panel's own headings. */
const headingTags: Readonly<Record<string, string>> = { h1: "h3", h2: "h4", h3: "h5", h4: "h6", h5: "h6", h6: "h6" };

const containers: Readonly<Record<string, string>> = {
  paragraph_open: "p",
  blockquote_open: "blockquote",
  bullet_list_open: "ul",
  ordered_list_open: "ol",
  list_item_open: "li",
  thead_open: "thead",
  tbody_open: "tbody",
  tr_open: "tr",
};

/** Builds a block's element. Elements and attributes are fixed in code; whatever comes from the text is text. */
export function buildBlock(block: Block): HTMLElement {
  const root = document.createElement("div");
  const stack: Element[] = [root];
  for (const token of block.tokens) {
    const top = stack.at(-1) ?? root;
    if (token.nesting === -1) {
      stack.pop();
    } else if (token.nesting === 1) {
      stack.push(openElement(token, top));
    } else {
      buildLeaf(token, top);
    }
  }
  const built = root.firstElementChild;
  return built instanceof HTMLElement ? built : root;
}

function openElement(token: Token, parent: Element): Element {
  // A tight list's paragraphs have no element of their own.
  if (token.hidden) return parent;
  if (token.type === "table_open") return openTable(parent);
  const tag = tagOf(token);
  const element = document.createElement(tag);
  parent.append(element);
  const start = token.attrGet("start");
  if (tag === "ol" && start !== null) element.setAttribute("start", String(start));
  const alignment = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? ""))?.[1];
  if (alignment !== undefined) element.className = `align-${alignment}`;
  return element;
}

function tagOf(token: Token): string {
  if (token.type === "heading_open") return headingTags[token.tag] ?? "h6";
  if (token.type === "th_open" || token.type === "td_open") return token.tag;
  return containers[token.type] ?? "div";
}

function openTable(parent: Element): Element {
  const scroller = document.createElement("div");
  scroller.className = "table-scroller";
  scroller.tabIndex = 0;
  const table = document.createElement("table");
  scroller.append(table);
  parent.append(scroller);
  return table;
}

function buildLeaf(token: Token, parent: Element): void {
  switch (token.type) {
    case "inline":
      buildInline(token.children ?? [], parent);
      markTask(parent);
      break;
    case "fence":
    case "code_block":
      parent.append(createCodeBlock(codeInfo(token.info), visibleText(token.content.replace(/\n$/, ""))));
      break;
    case "hr":
      parent.append(document.createElement("hr"));
      break;
    default:
      parent.append(visibleText(token.content));
  }
}

/** The first word of a fence's info string, and the path that follows it: `ts src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`. */
function codeInfo(info: string): CodeInfo {
  const [, first = "", rest = ""] = /^([^\s{,:]*)(.*)$/s.exec(info.trim()) ?? [];
  const path = /^[:\s{,]*(?:(?:title|file|filename|path)=)?["']?([^\s"'=,{}]+)/.exec(rest)?.[1] ?? "";
  const target = linkTarget(path);
  return {
    language: visibleText(first).slice(0, 40),
    file: target.kind === "file" && /[./]/.test(target.path) ? target.path : undefined,
  };
}

/** `- [ ] x` and `- [x] x`, GitHub's task lists. */
function markTask(parent: Element): void {
  const first = parent.firstChild;
  if (parent.closest("li") === null || !(first instanceof Text) || first.previousSibling !== null) return;
  const match = /^\[([ xX])\] /.exec(first.data);
  if (match === null) return;
  first.data = `${match[1] === " " ? "☐" : "☑"} ${first.data.slice(match[0].length)}`;
  parent.closest("li")?.classList.add("task-item");
}
