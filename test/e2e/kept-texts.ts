import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workbench } from "../support/vscode/workbench.ts";

/**
 * What a workbench keeps beyond a reload, by where: its server's files, and its state in the browser. VS Code's secret storage
 * is not among it: this server gives it no place on the disk, so it is in memory.
 */
export async function keptTexts({ page, globalStorage }: Workbench): Promise<ReadonlyMap<string, string>> {
  const inBrowser = await page.evaluate(readBrowserStorage);
  return new Map([...textsBelow(join(globalStorage, "..", "..", "..")), ...inBrowser]);
}

/** A file may go between its listing and its reading: then all are listed again. */
function textsBelow(folder: string): readonly (readonly [string, string])[] {
  for (;;) {
    try {
      return readAll(folder);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT" && existsSync(folder))) throw error;
    }
  }
}

function readAll(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path, readFileSync(path, "latin1")] as const);
}

/** Runs in the page. */
async function readBrowserStorage(): Promise<readonly (readonly [string, string])[]> {
  const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const textOf = (value: unknown): string =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : (JSON.stringify(value) ?? "");
  const kept: (readonly [string, string])[] = Object.entries(localStorage).map(([key, value]) => [
    `local storage ${key}`,
    String(value),
  ]);
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const reading = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([settled(reading.getAllKeys()), settled(reading.getAll())]);
      kept.push(...keys.map((key, place) => [`${name} ${store} ${String(key)}`, textOf(values[place])] as const));
    }
    database.close();
  }
  return kept;
}
