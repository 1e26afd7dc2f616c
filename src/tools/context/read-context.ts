import { basename } from "node:path";
import type { ContentBlock, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Gate } from "../../agent/gate.ts";
import { type Tool, ToolError, type ToolSuccess } from "../../agent/tool.ts";
import type { Attachment } from "../../protocol/attachment.ts";
import { t } from "../../protocol/localize.ts";
import { checkAddress } from "./fetch-page.ts";
import { runGated } from "./run-gated.ts";

/** What was attached, without the id of its chip. */
export interface GatheredContext extends Omit<Attachment, "id" | "loading"> {
  readonly text: string;
  readonly language: string;
  readonly media?: ContentBlock;
}

/** The tools that read for the user what the model would read with them. */
export interface ContextTools {
  readonly readFile: Tool;
  readonly listFiles: Tool;
  readonly getDiagnostics: Tool;
  readonly getChanges: Tool;
  readonly fetchPage: Tool;
}

/** What the user names, read by the model's own tools: judged, masked, limited and worded as theirs. */
export class ContextReader {
  readonly #tools: ContextTools;
  readonly #gate: Gate;
  readonly #signal: AbortSignal;

  constructor(tools: ContextTools, gate: Gate, signal: AbortSignal) {
    this.#tools = tools;
    this.#gate = gate;
    this.#signal = signal;
  }

  async file(path: string): Promise<GatheredContext> {
    const read = await this.#run(this.#tools.readFile, { path });
    const media = read.content.map(mediaOf).find((block) => block !== undefined);
    const kind = media === undefined ? "file" : media.image === undefined ? "document" : "image";
    return {
      kind,
      label: basename(path),
      path,
      detail: read.title,
      ...textOf(read),
      ...(media !== undefined && { media }),
    };
  }

  async symbol(name: string, path: string, lines: { startLine: number; endLine: number }): Promise<GatheredContext> {
    const read = await this.#run(this.#tools.readFile, { path, ...lines });
    return { kind: "symbol", label: name, path, ...lines, ...textOf(read) };
  }

  async folder(path: string): Promise<GatheredContext> {
    const listed = await this.#run(this.#tools.listFiles, { path });
    return { kind: "folder", label: basename(path), path, detail: listed.title, ...textOf(listed) };
  }

  async problems(): Promise<GatheredContext> {
    const got = await this.#run(this.#tools.getDiagnostics, {});
    return { kind: "problems", label: t("Problems"), detail: got.title, ...textOf(got) };
  }

  /** Which files changed, and how: what is staged, and what is not. Throws a `ToolError` where nothing is. */
  async changes(): Promise<GatheredContext> {
    const status = await this.#run(this.#tools.getChanges, { kind: "status" });
    const staged = await this.#run(this.#tools.getChanges, { kind: "diff", staged: true });
    const unstaged = await this.#run(this.#tools.getChanges, { kind: "diff" });
    const text = [status, staged, unstaged].map((part) => textOf(part).text).join("\n\n");
    return { kind: "changes", label: t("Changes"), detail: unstaged.title, text, language: "" };
  }

  async page(url: string): Promise<GatheredContext> {
    const { href, host, pathname } = checkAddress(url);
    const fetched = await this.#run(this.#tools.fetchPage, { url: href });
    const label = pathname === "/" ? host : `${host}/${basename(pathname)}`;
    return { kind: "url", label, path: href, detail: fetched.title, ...textOf(fetched) };
  }

  async #run(tool: Tool, input: unknown): Promise<ToolSuccess> {
    return runGated(tool, input, this.#gate, this.#signal);
  }
}

function textOf({ content }: ToolSuccess): { readonly text: string; readonly language: string } {
  const texts = content.flatMap(({ text }) => (text === undefined ? [] : [text]));
  if (content.length === 0) throw new ToolError(t("There is nothing in it."));
  return { text: texts.join("\n"), language: "" };
}

function mediaOf({ image, document }: ToolResultContentBlock): ContentBlock | undefined {
  if (image !== undefined) return { image };
  return document === undefined ? undefined : { document };
}
