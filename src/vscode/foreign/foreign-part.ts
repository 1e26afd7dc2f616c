import * as z from "zod";
import type { ForeignPart } from "../../tools/foreign/foreign-tools.ts";

const textPart = z.object({ value: z.string() });
const dataPart = z.object({ mimeType: z.string(), data: z.instanceof(Uint8Array) });
const treePart = z.object({ value: z.json() });

/** A text of a rendered `@vscode/prompt-tsx` element; its pieces hold further ones as children. */
const textKind = 2;

/** `LanguageModelTextPart`, `LanguageModelDataPart`, `LanguageModelPromptTsxPart`, and what is not known yet as JSON. */
export function toForeignPart(part: unknown): ForeignPart {
  const data = dataPart.safeParse(part);
  if (data.success) return { kind: "bytes", mimeType: data.data.mimeType, bytes: new Uint8Array(data.data.data) };
  const text = textPart.safeParse(part);
  if (text.success) return { kind: "text", text: text.data.value };
  const tree = treePart.safeParse(part);
  if (!tree.success) return { kind: "text", text: "(a part that cannot be shown)" };
  const texts = textsIn(tree.data.value).join("");
  return { kind: "text", text: texts === "" ? JSON.stringify(tree.data.value) : texts };
}

function textsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== "object" || node === null) return [];
  const { type, text, lineBreakBefore, children, node: root } = Object.fromEntries(Object.entries(node));
  if (type === textKind && typeof text === "string") return [lineBreakBefore ? `\n${text}` : text];
  return [...textsIn(root), ...textsIn(children)];
}
