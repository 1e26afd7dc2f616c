import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const filesOfFolder = 100;

/** Writes so many empty files, a hundred to a folder: `src/area-7/part-42/retry-delay-4207.ts`. */
export async function writeManyFiles(root: string, count: number): Promise<void> {
  for (let folder = 0; folder * filesOfFolder < count; folder += 1) {
    const path = join(root, "src", `area-${folder % 10}`, `part-${folder}`);
    await mkdir(path, { recursive: true });
    const first = folder * filesOfFolder;
    const numbers = Array.from({ length: Math.min(filesOfFolder, count - first) }, (_, index) => first + index);
    await Promise.all(
      numbers.map((number) => writeFile(join(path, `${stems[number % stems.length]}-${number}.ts`), "")),
    );
  }
}

const stems = ["retry-delay", "http-client", "user-view", "order-list", "session", "parse-date", "main"] as const;
