import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** The day's file cannot be read or written: no model call is made, for what it costs could not be counted. */
export class SpendLedgerUnavailable extends Error {
  override readonly name = "SpendLedgerUnavailable";
}

const entrySchema = z.object({ id: z.string(), dollars: z.number().nonnegative() });
type Entry = z.infer<typeof entrySchema>;

const fileName = /^spend-\d{4}-\d{2}-\d{2}\.jsonl$/u;

/**
 * What all windows of a user's profile spend in a day, in one file of the day that is only ever appended to. Each entry
 * is one small append, which the system makes at once, so no lock is needed that a killed process could leave behind:
 * a window writes its reservation first and reads the sum then; of two at once both see both, and never do both pass
 * the cap. A process that dies leaves its reservation counted at the worst case. The last entry of an id counts.
 */
export class DayLedger {
  readonly #folder: string;
  readonly #today: () => string;

  /** `today` gives the user's local date as `2026-11-21`. */
  constructor(folder: string, today: () => string) {
    this.#folder = folder;
    this.#today = today;
  }

  /** Counts `dollars` if the day's sum stays within the cap; answers the entry's id, undefined where it does not. */
  async reserve(dollars: number, cap: number): Promise<string | undefined> {
    return this.#guarded(async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const day = this.#today();
      const id = `${day} ${randomUUID()}`;
      await this.#append(day, { id, dollars });
      if ((await this.#sum(day)) <= cap) return id;
      await this.#append(day, { id, dollars: 0 });
      return undefined;
    });
  }

  /** What the entry's call really cost. It counts for the day on which it was reserved. */
  async settle(id: string, dollars: number): Promise<void> {
    await this.#guarded(() => this.#append(id.slice(0, 10), { id, dollars }));
  }

  /** US dollars that all windows spent today. */
  async spentToday(): Promise<number> {
    return this.#guarded(() => this.#sum(this.#today()));
  }

  /** Removes the files of days before today. */
  async forgetEarlierDays(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const earlier = names.filter((name) => fileName.test(name) && name < `spend-${this.#today()}`);
    await Promise.all(earlier.map((name) => rm(join(this.#folder, name), { force: true })));
  }

  #path(day: string): string {
    return join(this.#folder, `spend-${day}.jsonl`);
  }

  /** The newline comes first as well: what a killed process left without its end does not swallow this entry. */
  async #append(day: string, entry: Entry): Promise<void> {
    await appendFile(this.#path(day), `\n${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  async #sum(day: string): Promise<number> {
    const dollars = new Map<string, number>();
    for (const line of (await this.#read(day)).split("\n")) {
      const entry = line === "" ? undefined : parseEntry(line);
      if (entry !== undefined) dollars.set(entry.id, entry.dollars);
    }
    return [...dollars.values()].reduce((sum, each) => sum + each, 0);
  }

  async #read(day: string): Promise<string> {
    return readFile(this.#path(day), "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
      throw error;
    });
  }

  async #guarded<Result>(act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SpendLedgerUnavailable(`What model calls cost today cannot be counted in ${this.#folder}: ${reason}`, {
        cause: error,
      });
    }
  }
}

/** Undefined for a line that a killed process left unfinished: its call was not sent. */
function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The local date of a time as `2026-11-21`. */
export function localDay(time: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
