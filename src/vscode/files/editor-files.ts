import type * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import { staleError } from "../../tools/open-no-follow.ts";
import { decodeText, encodeText, type PlainText } from "../../tools/plain-text.ts";
import type { FileSnapshot, TextFiles } from "../../tools/text-files.ts";
import { openDocument, unsavedElsewhere } from "./open-documents.ts";
import { replaceText } from "./replace-text.ts";

/**
 * Files under an editor. What a text editor has open is changed in it, on the text that it shows, and saved, so that Undo
 * works; everything else on disk. See docs/decisions/0008-changes-in-the-editor.md.
 */
export class EditorFiles implements TextFiles {
  readonly #disk: TextFiles;
  /** Snapshots of text that an editor has. */
  readonly #open = new WeakMap<FileSnapshot, OpenText>();

  constructor(disk: TextFiles) {
    this.#disk = disk;
  }

  async look(path: string, mostBytes: number): Promise<FileSnapshot> {
    const onDisk = await this.#disk.look(path, mostBytes);
    refuseUnsavedElsewhere(onDisk);
    const document = openDocument(onDisk);
    const form = document === undefined ? undefined : formIn(document, onDisk);
    if (document === undefined || form === undefined) return onDisk;
    const text = document.getText();
    const bytes = encodeText(text, form, path);
    const kept = onDisk.state.kind === "file" ? onDisk.state : { version: "", names: 1 };
    const snapshot: FileSnapshot = {
      ...onDisk,
      state: { kind: "file", bytes, version: `${kept.version} document ${document.version}`, names: kept.names },
    };
    this.#open.set(snapshot, { document, version: document.version, onDisk, mostBytes });
    return snapshot;
  }

  async replace(snapshot: FileSnapshot, bytes: Uint8Array): Promise<string | undefined> {
    refuseUnsavedElsewhere(snapshot);
    const open = this.#open.get(snapshot);
    if (open === undefined) {
      const document = openDocument(snapshot);
      if (document?.isDirty === true) throw staleError(snapshot.path, "has unsaved changes that it did not have");
      return this.#disk.replace(snapshot, bytes);
    }
    await this.#requireUnchanged(open);
    return replaceText(open.document, decodeText(bytes, snapshot.path).text, snapshot.path);
  }

  /** Neither the text in the editor nor the file below it may be another one. */
  async #requireUnchanged({ document, version, onDisk, mostBytes }: OpenText): Promise<void> {
    const now = await this.#disk.look(onDisk.path, mostBytes);
    const isSame = now.canonical === onDisk.canonical && versionOf(now) === versionOf(onDisk);
    if (document.isClosed || document.version !== version || !isSame) {
      throw staleError(onDisk.path, "does not have the content that it had");
    }
  }
}

interface OpenText {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly onDisk: FileSnapshot;
  readonly mostBytes: number;
}

/**
 * How an editor's text lies in its file; undefined where the disk is to be written instead: a saved editor that shows the
 * file in another way than it is (another encoding, line ends made one) would write more than the change.
 */
function formIn(document: vscode.TextDocument, { state, path }: FileSnapshot): PlainText | undefined {
  const plain = state.kind === "file" ? plainOf(state.bytes, path) : undefined;
  if (!document.isDirty) return plain?.text === document.getText() ? plain : undefined;
  if (state.kind === "missing") return { text: "", encoding: "utf-8", hasMark: false, lineEnding: "\n" };
  if (plain !== undefined && plain.encoding !== "windows-1252") return plain;
  throw unsavedError(path);
}

function plainOf(bytes: Uint8Array, path: string): PlainText | undefined {
  try {
    return decodeText(bytes, path);
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

function versionOf({ state }: FileSnapshot): string {
  return state.kind === "file" ? state.version : state.kind;
}

function refuseUnsavedElsewhere(snapshot: FileSnapshot): void {
  if (unsavedElsewhere(snapshot)) throw unsavedError(snapshot.path);
}

function unsavedError(path: string): ToolError {
  return new ToolError(
    `${path} has unsaved changes in the editor. Nothing was changed; the user has to save first.`,
    "E_STALE",
  );
}
