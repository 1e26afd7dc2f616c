import type { ShellNode } from "./shell-parser.ts";

/**
 * The text that a word most likely becomes, its quotes and backslashes gone. What only a running shell knows
 * (variables, substitutions) stays as written: such a line is never "understood".
 */
export function decodeWord(node: ShellNode, line: string): string {
  const text = line.slice(node.start, node.end);
  switch (node.type) {
    case "raw_string":
      return text.slice(1, -1);
    case "string":
      return text
        .slice(1, -1)
        .replace(/\\(["\\$`])/g, "$1")
        .replaceAll("\\\n", "");
    case "ansi_c_string":
      return decodeEscapes(text.slice(2, -1));
    case "command_name":
    case "concatenation":
    case "translated_string":
      return joinChildren(node, line);
    case "word":
      return text.replaceAll("\\\n", "").replace(/\\(.)/gsu, "$1");
    default:
      return text;
  }
}

function joinChildren(node: ShellNode, line: string): string {
  let end = node.start;
  let text = "";
  for (const child of node.children) {
    text += line.slice(end, child.start) + decodeWord(child, line);
    end = child.end;
  }
  return text + line.slice(end, node.end);
}

/** The escapes of `$'…'` that spell out a character. */
function decodeEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,6})|([0-7]{1,3})|(.))/gisu,
    (whole: string, hex?: string, short?: string, long?: string, octal?: string, other?: string) => {
      const code = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? "", 16) : Number.parseInt(octal, 8);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return other === "n" ? "\n" : other === "t" ? "\t" : (other ?? whole);
    },
  );
}
