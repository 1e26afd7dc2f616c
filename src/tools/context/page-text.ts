/** What only makes a page look or act. */
const dropped = new Set(["script", "style", "noscript", "template", "svg", "head"]);
const blocks = new Set(
  ["p", "div", "li", "tr", "section", "article", "pre", "table", "ul", "ol", "blockquote"].concat([
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
  ]),
);

/** What a page says, enough for a model to read; it is never shown as a page. One pass, whatever the markup. */
export function pageText(html: string): string {
  // Letter by letter, since some others get longer in small letters.
  const lower = html.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
  const text = decodeReferences(textBetweenTags(html, lower))
    .split("\n")
    .map((line) => line.replace(/[^\S\n]+/gu, " ").trim())
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
  const title = decodeReferences(titleOf(html, lower)).trim();
  return title === "" ? text : `${title}\n\n${text}`;
}

function titleOf(html: string, lower: string): string {
  const tag = lower.indexOf("<title");
  const begin = tag === -1 ? -1 : html.indexOf(">", tag);
  const end = begin === -1 ? -1 : html.indexOf("<", begin);
  return end === -1 ? "" : html.slice(begin + 1, end);
}

function textBetweenTags(html: string, lower: string): string {
  const parts: string[] = [];
  const tag = /<(\/?)([a-z][a-z0-9]*|!)/iuy;
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf("<", at);
    if (open === -1) return [...parts, html.slice(at)].join("");
    parts.push(html.slice(at, open));
    tag.lastIndex = open;
    const [whole = "", slash = "", name = ""] = tag.exec(lower) ?? [];
    if (whole === "") {
      parts.push("<");
      at = open + 1;
      continue;
    }
    const end = lower.startsWith("<!--", open) ? lower.indexOf("-->", open) + 2 : lower.indexOf(">", open);
    if (end <= open) break;
    parts.push(markOf(name, slash !== ""));
    const close = dropped.has(name) && slash === "" ? lower.indexOf(`</${name}`, end) : end + 1;
    if (close === -1) break;
    at = close;
  }
  return parts.join("");
}

function markOf(name: string, isEnd: boolean): string {
  if (name === "br" || name === "hr") return "\n";
  if (isEnd) return blocks.has(name) ? "\n" : "";
  if (name === "li") return "- ";
  return /^h[1-6]$/u.test(name) ? `\n${"#".repeat(Number(name[1]))} ` : "";
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,32}));/giu, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
