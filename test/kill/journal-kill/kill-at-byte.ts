import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Kills this process, as the system would, in the middle of a write: as soon as so many bytes of the files that are meant
 * have been appended, those before them on the disk and none behind them.
 */
export function killAtByte(fatal: number, isMeant: (path: string) => boolean): void {
  const { openSync, appendFileSync, writeSync } = fs;
  const meant = new Set<number>();
  let written = 0;
  Object.assign(fs, {
    openSync: (...given: Parameters<typeof openSync>) => {
      const file = openSync(...given);
      if (isMeant(String(given[0]))) meant.add(file);
      return file;
    },
    appendFileSync: (...given: Parameters<typeof appendFileSync>) => {
      const [file, data] = given;
      if (typeof file !== "number" || !meant.has(file)) return appendFileSync(...given);
      const bytes = Buffer.from(data);
      if (written + bytes.length >= fatal) {
        writeSync(file, bytes, 0, fatal - written);
        process.kill(process.pid, "SIGKILL");
      }
      written += bytes.length;
      appendFileSync(file, bytes);
    },
  });
  syncBuiltinESMExports();
}
