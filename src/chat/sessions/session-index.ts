import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { hasCode } from "../has-code.ts";
import { namesIn } from "../names-in.ts";
import { liveHolder } from "../session-lock.ts";
import { type SessionSummary, summarizeJournal } from "./summarize-journal.ts";

/** A session of a list. */
export interface ListedSession extends SessionSummary {
  readonly id: string;
  /** Bytes of its journal. */
  readonly size: number;
  /** Another window has it. */
  readonly isElsewhere: boolean;
}

export interface SessionIndexOptions {
  /** Holds the journals, and the index beside them. */
  readonly folder: string;
  readonly pid: number;
  readonly readJournal?: (path: string) => Promise<string>;
}

const entry = z.object({
  title: z.string().exactOptional(),
  prompt: z.string(),
  changedAt: z.number(),
  turns: z.number(),
  archived: z.boolean(),
  size: z.number(),
  mtimeMs: z.number(),
});
type Entry = z.infer<typeof entry>;
const indexFile = z.object({ index: z.literal(1), sessions: z.record(z.string(), entry) });

const fileName = "index.json";
const ending = ".jsonl";
/** Files that are looked at side by side. */
const atOnce = 64;

/**
 * What is known of a workspace's sessions without reading their journals: an entry counts as long as its journal has the
 * size and the time of change that it had. A missing or broken index costs a reading of every journal, no more.
 */
export class SessionIndex {
  readonly #options: SessionIndexOptions;

  constructor(options: SessionIndexOptions) {
    this.#options = options;
  }

  /** Those in which something was said, the one that was used last first. */
  async list(): Promise<readonly ListedSession[]> {
    const names = await namesIn(this.#options.folder);
    const known = await this.#read();
    const found = new Map<string, Entry>();
    const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
    for (let start = 0; start < ids.length; start += atOnce) {
      await Promise.all(
        ids.slice(start, start + atOnce).map(async (id) => {
          const current = await this.#look(id, known.get(id));
          if (current !== undefined) found.set(id, current);
        }),
      );
    }
    const changed = found.size !== known.size || [...found].some(([id, each]) => known.get(id) !== each);
    if (changed) await this.#write(found);
    const elsewhere = await this.#elsewhere(names);
    return [...found]
      .filter(([, { turns }]) => turns > 0)
      .map(([id, { mtimeMs: _, ...each }]) => ({ ...each, id, isElsewhere: elsewhere.has(id) }))
      .toSorted((one, other) => other.changedAt - one.changedAt);
  }

  /** The same entry where its journal is as it was; undefined where the journal is gone. */
  async #look(id: string, known: Entry | undefined): Promise<Entry | undefined> {
    const path = join(this.#options.folder, `${id}${ending}`);
    try {
      const { size, mtimeMs } = await stat(path);
      if (known?.size === size && known.mtimeMs === mtimeMs) return known;
      const read = this.#options.readJournal ?? ((file: string) => readFile(file, "utf8"));
      return { ...summarizeJournal(await read(path)), size, mtimeMs };
    } catch (error) {
      if (hasCode(error, "ENOENT")) return undefined;
      throw error;
    }
  }

  async #read(): Promise<ReadonlyMap<string, Entry>> {
    try {
      const text = await readFile(join(this.#options.folder, fileName), "utf8");
      const parsed = indexFile.safeParse(JSON.parse(text));
      return new Map(parsed.success ? Object.entries(parsed.data.sessions) : []);
    } catch (error) {
      if (error instanceof SyntaxError || hasCode(error, "ENOENT")) return new Map();
      throw error;
    }
  }

  /** Windows may write it side by side: each writes all of it, and what is out of date is seen by the next reader. */
  async #write(found: ReadonlyMap<string, Entry>): Promise<void> {
    const path = join(this.#options.folder, fileName);
    const written = `${path}.${this.#options.pid}`;
    await writeFile(written, JSON.stringify({ index: 1, sessions: Object.fromEntries(found) }), { mode: 0o600 });
    await rename(written, path);
  }

  async #elsewhere(names: readonly string[]): Promise<ReadonlySet<string>> {
    const { folder, pid } = this.#options;
    const locks = names.filter((name) => name.endsWith(".lock"));
    const held = await Promise.all(
      locks.map(async (name) => {
        const holder = await liveHolder(join(folder, name));
        return holder === undefined || holder === pid ? [] : [name.slice(0, -".lock".length)];
      }),
    );
    return new Set(held.flat());
  }
}
