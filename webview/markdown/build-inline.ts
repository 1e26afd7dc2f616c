import type { Token } from "markdown-it";
import { t } from "../strings.ts";
import { judgeImage } from "./judge-image.ts";
import { codeTarget, type LinkTarget, linkTarget } from "./link-target.ts";
import { visibleText } from "./visible-text.ts";

/** Of an image's address that is shown as text; what is left out is data, not where it leads. In UTF-16 units. */
const longestAddress = 8000;

/** Builds the inline content of a block into `parent`. The set of elements is fixed here: no HTML, no remote image, no `href`. */
export function buildInline(tokens: readonly Token[], parent: Node): void {
  const stack: Node[] = [parent];
  for (const token of tokens) {
    const top = stack.at(-1) ?? parent;
    switch (token.type) {
      case "strong_open":
        stack.push(open(top, "strong"));
        break;
      case "em_open":
        stack.push(open(top, "em"));
        break;
      case "s_open":
        stack.push(open(top, "s"));
        break;
      case "link_open":
        stack.push(openLink(top, String(token.attrGet("href") ?? "")));
        break;
      case "strong_close":
      case "em_close":
      case "s_close":
      case "link_close":
        stack.pop();
        break;
      case "code_inline":
        buildCode(top, token.content);
        break;
      case "image":
        buildImage(top, token);
        break;
      case "hardbreak":
        top.appendChild(document.createElement("br"));
        break;
      case "softbreak":
        appendText(top, "\n");
        break;
      default:
        appendText(top, visibleText(token.content));
    }
  }
}

function open(parent: Node, tag: "strong" | "em" | "s"): Node {
  return parent.appendChild(document.createElement(tag));
}

function appendText(parent: Node, text: string): void {
  if (text !== "") parent.appendChild(document.createTextNode(text));
}

function openLink(parent: Node, destination: string): Node {
  return parent.appendChild(createLink(linkTarget(destination)));
}

/** An anchor without `href`: VS Code would open one by itself, past the host's judgement. A click posts `data-*` to the host. */
function createLink(target: LinkTarget): HTMLElement {
  if (target.kind === "none") return document.createElement("span");
  const link = document.createElement("a");
  link.tabIndex = 0;
  link.setAttribute("role", "link");
  link.title = visibleText(describeTarget(target));
  if (target.kind === "external") {
    link.dataset["href"] = target.href;
    return link;
  }
  const { path, line, endLine } = target;
  link.dataset["path"] = path;
  if (line !== undefined) link.dataset["line"] = String(line);
  if (endLine !== undefined) link.dataset["endLine"] = String(endLine);
  // What VS Code gives the commands of its menu `webview/context`.
  const menu = { webviewSection: "file-reference", preventDefaultContextMenuItems: true, path, ...(line && { line }) };
  link.dataset["vscodeContext"] = JSON.stringify(menu);
  return link;
}

function describeTarget(target: Exclude<LinkTarget, { kind: "none" }>): string {
  if (target.kind === "external") return target.href;
  return target.line === undefined ? target.path : `${target.path}:${target.line}`;
}

function buildCode(parent: Node, content: string): void {
  const code = document.createElement("code");
  code.textContent = visibleText(content);
  const target = parent instanceof HTMLAnchorElement ? { kind: "none" as const } : codeTarget(content);
  const holder = target.kind === "none" ? parent : parent.appendChild(createLink(target));
  holder.appendChild(code);
}

/** An image that is not in the text is never fetched: that would carry data out. Its text and address stand in for it. */
function buildImage(parent: Node, token: Token): void {
  const source = String(token.attrGet("src") ?? "");
  const judged = judgeImage(source);
  if (judged.kind === "raster") {
    const image = document.createElement("img");
    image.alt = token.content;
    image.decoding = "async";
    image.src = judged.source;
    parent.appendChild(image);
    return;
  }
  const name = token.content === "" ? t("image") : token.content;
  const address = source.length > longestAddress ? `${source.slice(0, longestAddress)}…` : source;
  const span = document.createElement("span");
  span.className = "image-text";
  span.textContent = visibleText(
    judged.kind === "remote"
      ? t("{0} (image on {1}, not loaded: {2})", name, judged.host, address)
      : t("{0} (image, not shown: {1})", name, address),
  );
  parent.appendChild(span);
}
