import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type AuditFile, headFileName, listAuditFiles } from "./audit-files.ts";
import { firstHash, hashLine, parseLink } from "./audit-record.ts";

export interface BrokenAudit {
  /** A file's name within the folder. */
  readonly file: string;
  /** From 1; the line after the last one where lines are missing at the end. */
  readonly line: number;
  readonly reason: string;
}

export interface AuditVerdict {
  readonly chains: number;
  readonly records: number;
  /** The first place that is not as it was written; undefined where all is. */
  readonly broken: BrokenAudit | undefined;
}

const headSchema = z.object({ seq: z.int().positive(), hash: z.string().length(64) });

/**
 * Checks every chain of the log: lines edited, removed, put in another order, added or cut off at the end. Whole files
 * at a chain's beginning may be gone, for the log keeps only so many.
 */
export async function verifyAudit(folder: string): Promise<AuditVerdict> {
  const { files, heads } = await listAuditFiles(folder);
  const chains = [...new Set([...files.map(({ chain }) => chain), ...heads])].sort();
  let records = 0;
  for (const chain of chains) {
    const parts = files.filter((file) => file.chain === chain);
    const result = await verifyChain(folder, chain, parts);
    records += result.records;
    if (result.broken !== undefined) return { chains: chains.length, records, broken: result.broken };
  }
  return { chains: chains.length, records, broken: undefined };
}

interface ChainVerdict {
  readonly records: number;
  readonly broken: BrokenAudit | undefined;
}

async function verifyChain(folder: string, chain: string, files: readonly AuditFile[]): Promise<ChainVerdict> {
  const check = new ChainCheck();
  let previous: AuditFile | undefined;
  for (const file of files) {
    if (previous !== undefined && file.part !== previous.part + 1) {
      return check.stop(previous.name, check.line + 1, `the file after this one is missing`);
    }
    check.beginFile(file);
    const lines = (await readFile(join(folder, file.name), "utf8")).split("\n");
    const torn = lines.pop() ?? "";
    for (const line of lines) {
      const reason = check.read(line);
      if (reason !== undefined) return check.stop(file.name, check.line, reason);
    }
    if (torn !== "") return check.stop(file.name, check.line + 1, "the line has no end");
    previous = file;
  }
  const reason = check.compareHead(await readHead(join(folder, headFileName(chain))));
  if (reason !== undefined) return check.stop(previous?.name ?? headFileName(chain), check.line + 1, reason);
  return { records: check.records, broken: undefined };
}

class ChainCheck {
  records = 0;
  /** Of the file that is read, from 1. */
  line = 0;
  #seq = 0;
  #hash: string | undefined;
  readonly #hashes = new Map<number, string>();

  beginFile({ part }: AuditFile): void {
    this.line = 0;
    if (part === 1) this.#hash = firstHash;
  }

  /** Why the line does not continue the chain. */
  read(line: string): string | undefined {
    this.line++;
    const link = parseLink(line);
    if (link === undefined) return "the line is no record";
    if (this.#hash !== undefined && link.seq !== this.#seq + 1) {
      return `record ${this.#seq + 1} is expected here, not ${link.seq}: lines were removed, added or moved`;
    }
    if (this.#hash !== undefined && link.prevHash !== this.#hash) {
      return "the line before it, or this one, is not as it was written";
    }
    this.#seq = link.seq;
    this.#hash = hashLine(line);
    this.#hashes.set(link.seq, this.#hash);
    this.records++;
    return undefined;
  }

  /** The head may be one line behind, never ahead. */
  compareHead(head: z.infer<typeof headSchema> | undefined): string | undefined {
    if (head === undefined) return this.records <= 1 ? undefined : "the head that names the last line is missing";
    if (head.seq > this.#seq) return `records ${this.#seq + 1} to ${head.seq} are missing at the end`;
    if (head.seq < this.#seq - 1) return `the head names record ${head.seq}, the last is ${this.#seq}`;
    return this.#hashes.get(head.seq) === head.hash ? undefined : "the last line is not as it was written";
  }

  stop(file: string, line: number, reason: string): ChainVerdict {
    return { records: this.records, broken: { file, line, reason } };
  }
}

async function readHead(path: string): Promise<z.infer<typeof headSchema> | undefined> {
  try {
    return headSchema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}
