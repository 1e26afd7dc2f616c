import { ToolError } from "../../agent/tool.ts";
import { decodeText, type PlainText } from "../plain-text.ts";
import type { ContentStore } from "./content-store.ts";
import type { KeptFile } from "./kept-file.ts";

/** What stands for the text of a file that is not there. */
const noText: PlainText = { text: "", encoding: "utf-8", hasMark: false, lineEnding: "\n" };

/** The text of a kept file; undefined where it is none, or is not kept. Throws `ContentLost`. */
export async function keptText(file: KeptFile, path: string, store: ContentStore): Promise<PlainText | undefined> {
  switch (file.kind) {
    case "missing":
      return noText;
    case "marked":
      return undefined;
    case "kept":
      return textOf(await store.get(file.sha256), path);
  }
}

/** Undefined where the bytes are no text. */
export function textOf(bytes: Uint8Array, path: string): PlainText | undefined {
  try {
    return decodeText(bytes, path);
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
