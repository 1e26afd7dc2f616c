import { constants } from "node:fs";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { keptFileSchema } from "./kept-file.ts";

const states = z.record(z.string(), keptFileSchema);

/** One line of the log. Paths are absolute and real. */
export const logEntrySchema = z.discriminatedUnion("kind", [
  /** Files as they were before a call (`step`: its id), written before it runs. */
  z.strictObject({ kind: z.literal("before"), step: z.string(), turn: z.string(), at: z.number(), files: states }),
  /** The same files, or more of them, after it. */
  z.strictObject({ kind: z.literal("after"), step: z.string(), at: z.number(), files: states }),
  /** The user keeps changes: what these files are compared with from here on, and what they are now. */
  z.strictObject({
    kind: z.literal("keep"),
    at: z.number(),
    files: z.record(z.string(), z.strictObject({ original: keptFileSchema, current: keptFileSchema })),
  }),
]);
export type LogEntry = Readonly<z.infer<typeof logEntrySchema>>;

/** The changes of one session on disk, only ever appended to: a killed process loses at most the line it was writing. */
export class ChangeLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The newline comes first as well: what a killed process left without its end does not swallow this entry. */
  async append(entry: LogEntry): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = await open(this.#path, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, 0o600);
    try {
      await file.appendFile(`\n${JSON.stringify(entry)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** Every whole entry, in order; a line that is none is left out. */
  async read(): Promise<readonly LogEntry[]> {
    const text = await readFile(this.#path, "utf8").catch(() => "");
    return text.split("\n").flatMap((line) => {
      const parsed = logEntrySchema.safeParse(parseJson(line));
      return parsed.success ? [parsed.data] : [];
    });
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
