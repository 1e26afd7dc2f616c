import type { ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import { ERROR_SIZE, RESULT_SIZE } from "../result-size.ts";
import { LONGEST_LINE } from "../text-window.ts";
import { cutLines } from "./cut-lines.ts";
import { LineWrap } from "./line-wrap.ts";
import { spreadJson } from "./spread-json.ts";

/** Keeps a text on the disk and says where, in a sentence, or that it could not be kept. Must not reject. */
export type KeepWhole = (text: string) => Promise<string>;

/**
 * What is too long for the model goes to it as head and tail, and is kept whole for read_file. The results of every tool
 * come here, masked already, whatever has made them.
 */
export class WholeResults {
  readonly #keep: KeepWhole;

  constructor(keep: KeepWhole) {
    this.#keep = keep;
  }

  /** Texts and JSON that together are too long become one text, before images and documents. Does not reject. */
  async fit(content: readonly ToolResultContentBlock[], whenCut = ""): Promise<readonly ToolResultContentBlock[]> {
    const texts = content.map(textOf);
    if (lengthOf(texts) <= RESULT_SIZE) return content;
    const text = texts.filter((each) => each !== undefined).join("\n");
    const others = content.filter((_, index) => texts[index] === undefined);
    return [{ text: await this.#shorten(text, RESULT_SIZE, whenCut) }, ...others];
  }

  /** The message of an error, which holds less than a result. Does not reject. */
  async fitError(text: string): Promise<string> {
    return text.length <= ERROR_SIZE ? text : this.#shorten(text, ERROR_SIZE, "");
  }

  async #shorten(text: string, size: number, whenCut: string): Promise<string> {
    const lines = readableLines(text);
    const where = await this.#keep(`${lines.join("\n")}\n`);
    const note = `(${[where, whenCut].filter((part) => part !== "").join(" ")})`;
    return `${cutLines(lines, size - note.length)}\n\n${note}`;
  }
}

function textOf({ text, json }: ToolResultContentBlock): string | undefined {
  return text ?? (json === undefined ? undefined : JSON.stringify(json));
}

function lengthOf(texts: readonly (string | undefined)[]): number {
  return texts.reduce((total, text) => total + (text?.length ?? 0), 0);
}

/** As read_file shows them later, so that its numbers fit what is shown now. */
function readableLines(text: string): readonly string[] {
  const isLong = text.split("\n").some((line) => line.length > LONGEST_LINE);
  const spread = isLong ? spreadJson(text) : undefined;
  return new LineWrap().push(spread ?? text.trimEnd()).split("\n");
}
