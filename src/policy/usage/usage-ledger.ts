import { appendFile, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { localDay } from "../budgets/day-ledger.ts";
import { type UsageRecord, usageRecord } from "./usage-record.ts";

export interface UsageLedgerOptions {
  /** In the extension's own storage; made where it is absent. */
  readonly folder: string;
  /** Told of the first failure to write; the call itself is over and goes on counting against the caps. */
  readonly report: (error: unknown) => void;
  /** Told of every line that is on the disk. */
  readonly changed?: () => void;
  readonly now?: () => Date;
  /** Days that are kept. */
  readonly days?: number;
  /** Most bytes that are kept; the oldest days go first. */
  readonly bytes?: number;
}

const fileName = /^usage-(\d{4}-\d{2}-\d{2})\.jsonl$/u;

/**
 * What every model call used and cost, one JSON line each, in a file of the day that is only ever appended to. Windows
 * need no lock: a line is one small append, which the system makes at once, and a killed process leaves at most an
 * unfinished line, which is skipped. The caps have a ledger of their own, `DayLedger`.
 */
export class UsageLedger {
  readonly #options: Required<UsageLedgerOptions>;
  #last: Promise<unknown> = Promise.resolve();
  #pruned = "";
  #hasFailed = false;

  constructor(options: UsageLedgerOptions) {
    this.#options = { changed: () => undefined, now: () => new Date(), days: 400, bytes: 64_000_000, ...options };
  }

  /** Never throws, and nobody waits for it: `settled` does. */
  append(call: Omit<UsageRecord, "time" | "day">): void {
    const now = this.#options.now();
    const record: UsageRecord = { time: now.toISOString(), day: localDay(now), ...call };
    this.#last = this.#last.then(() => this.#write(record)).catch((error: unknown) => this.#failed(error));
  }

  /** Resolves when what was appended is on the disk. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** Every call since the day, oldest day first. Rejects where the folder cannot be read. */
  async read(since = ""): Promise<readonly UsageRecord[]> {
    await this.settled();
    const days = (await this.#days()).filter((day) => day >= since);
    const texts = await Promise.all(days.map((day) => readFile(this.#path(day), "utf8")));
    return texts.flatMap((text) => text.split("\n").flatMap(parseLine));
  }

  async #write(record: UsageRecord): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    // The newline comes first as well: what a killed process left without its end does not swallow this line.
    await appendFile(this.#path(record.day), `\n${JSON.stringify(record)}\n`, { mode: 0o600 });
    this.#options.changed();
    if (this.#pruned === record.day) return;
    this.#pruned = record.day;
    await this.#prune();
  }

  /** Today's file always stays. */
  async #prune(): Promise<void> {
    const { days, bytes, now } = this.#options;
    const oldest = localDay(new Date(now().getTime() - days * 86_400_000));
    let kept = 0;
    for (const [index, day] of (await this.#days()).toReversed().entries()) {
      kept += (await stat(this.#path(day)).catch(() => ({ size: 0 }))).size;
      if (index > 0 && (day < oldest || kept > bytes)) await rm(this.#path(day), { force: true });
    }
  }

  async #days(): Promise<readonly string[]> {
    const names = await readdir(this.#options.folder).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    });
    return names.flatMap((name) => fileName.exec(name)?.[1] ?? []).toSorted();
  }

  #path(day: string): string {
    return join(this.#options.folder, `usage-${day}.jsonl`);
  }

  #failed(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.report(new Error(`What model calls use cannot be written down: ${reason}`, { cause: error }));
  }
}

function parseLine(line: string): readonly UsageRecord[] {
  if (line === "") return [];
  try {
    const { data } = usageRecord.safeParse(JSON.parse(line));
    return data === undefined ? [] : [data];
  } catch {
    return [];
  }
}
