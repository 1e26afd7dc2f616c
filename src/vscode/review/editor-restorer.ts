import { chmod, readFile, stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { FileRestorer } from "../../tools/checkpoints/restore-files.ts";
import type { TextFiles } from "../../tools/text-files.ts";

/** What is put back is at most as large as what is kept, and what is there may be larger. */
const MOST_BYTES = 256_000_000;

const OWNER_MAY_WRITE = 0o200;

/**
 * Puts files back under an editor: an open text in its editor, so that Undo works; all else on the disk. Where the editor
 * saves other bytes, as with another encoding or formatting on save, the disk gets the right ones.
 */
export class EditorRestorer implements FileRestorer {
  readonly #files: TextFiles;
  readonly #disk: TextFiles;

  constructor(files: TextFiles, disk: TextFiles) {
    this.#files = files;
    this.#disk = disk;
  }

  async write(path: string, bytes: Uint8Array, mode: number): Promise<void> {
    // Who changed it may have made it read-only as well.
    const old = await stat(path).catch(() => undefined);
    if (old !== undefined && (old.mode & OWNER_MAY_WRITE) === 0)
      await chmod(path, (old.mode & 0o777) | OWNER_MAY_WRITE);
    await this.#files.replace(await this.#files.look(path, MOST_BYTES), bytes);
    const written = await readFile(path).catch(() => undefined);
    if (written?.equals(bytes) !== true) await this.#disk.replace(await this.#disk.look(path, MOST_BYTES), bytes);
    const now = await stat(path);
    if ((now.mode & 0o777) !== mode) await chmod(path, mode);
  }

  /** To the trash where there is one; what it was is kept as well. */
  async remove(path: string): Promise<void> {
    const uri = vscode.Uri.file(path);
    try {
      await vscode.workspace.fs.delete(uri, { useTrash: true });
    } catch {
      await vscode.workspace.fs.delete(uri);
    }
  }
}
