import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import { readImageFacts } from "../../agent/to-converse/image-facts.ts";
import { longestSide, mediaLimits } from "../../agent/to-converse/limit-media.ts";
import { textResult } from "../../agent/tool.ts";
import type { JsonObject } from "../../agent/tool-input.ts";
import { wellFormed } from "../../agent/well-formed.ts";
import { RESULT_SIZE } from "../result-size.ts";
import type { ForeignPart } from "./foreign-tools.ts";

const mostImages = 10;

/** What a tool of others answers, as blocks: its texts together, then its images. */
export function describeForeign(parts: readonly ForeignPart[]): readonly ToolResultContentBlock[] {
  const all = parts.flatMap((part) => imageIn(part) ?? []);
  const images = all.slice(0, mostImages);
  const more = all.length === images.length ? "" : `(${all.length - images.length} more images, not shown)`;
  const texts = [...parts.map(textOf), more].filter((text) => text !== "");
  const [only] = texts;
  const json = texts.length === 1 && only !== undefined && only.length <= RESULT_SIZE ? objectIn(only) : undefined;
  if (json !== undefined) return [{ json }, ...images];
  return texts.length === 0 && images.length > 0 ? images : [...textResult(texts.join("\n")), ...images];
}

function textOf(part: ForeignPart): string {
  if (part.kind === "text") return wellFormed(part.text);
  const { mimeType, bytes } = part;
  if (imageIn(part) !== undefined) return "";
  if (/^text\/|[/+]json$/iu.test(mimeType)) return wellFormed(new TextDecoder().decode(bytes));
  return `(${bytes.length.toLocaleString("en")} bytes of ${mimeType}, not shown)`;
}

/** By its bytes, whatever is said of them; undefined where models do not take it. */
function imageIn(part: ForeignPart): ToolResultContentBlock | undefined {
  if (part.kind === "text" || part.bytes.length > mediaLimits.imageBytes) return undefined;
  const facts = readImageFacts(part.bytes);
  if (facts === undefined || longestSide(facts) > mediaLimits.imagePixels) return undefined;
  return { image: { format: facts.format, source: { bytes: part.bytes } } };
}

/** Converse takes objects alone for a `json` block. */
function objectIn(text: string): JsonObject | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
