import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** One file of a chain: `audit-<chain>.<part>.jsonl`, parts counted from 1. */
export interface AuditFile {
  readonly name: string;
  readonly chain: string;
  readonly part: number;
}

const partName = /^audit-([0-9TZ]+-[0-9a-f]{8})\.(\d{4,})\.jsonl$/u;
const headName = /^audit-([0-9TZ]+-[0-9a-f]{8})\.head\.json$/u;

export function auditFileName(chain: string, part: number): string {
  return `audit-${chain}.${String(part).padStart(4, "0")}.jsonl`;
}

export function headFileName(chain: string): string {
  return `audit-${chain}.head.json`;
}

/** A chain's name: when it began and something random, so that names sort by time and no two windows share one. */
export function chainName(began: Date, random: string): string {
  return `${began.toISOString().replace(/[-:.]/gu, "")}-${random}`;
}

/** All files of the log, the oldest first, and the chains that have a head. */
export async function listAuditFiles(
  folder: string,
): Promise<{ readonly files: readonly AuditFile[]; readonly heads: readonly string[] }> {
  const names = (await readdir(folder)).sort();
  const files = names.flatMap((name) => {
    const [, chain, part] = partName.exec(name) ?? [];
    return chain === undefined || part === undefined ? [] : [{ name, chain, part: Number(part) }];
  });
  const heads = names.flatMap((name) => headName.exec(name)?.[1] ?? []);
  return { files: files.sort(byAge), heads };
}

function byAge(left: AuditFile, right: AuditFile): number {
  if (left.chain !== right.chain) return left.chain < right.chain ? -1 : 1;
  return left.part - right.part;
}

/** Removes the oldest files until all together are within `mostBytes`; never a file of the chain `kept` that is written now. */
export async function pruneAuditFiles(folder: string, mostBytes: number, kept: AuditFile): Promise<void> {
  const { files } = await listAuditFiles(folder);
  const sizes = await Promise.all(files.map(async ({ name }) => (await stat(join(folder, name))).size));
  let sum = sizes.reduce((total, size) => total + size, 0);
  for (const [index, file] of files.entries()) {
    if (sum <= mostBytes || file.name === kept.name) return;
    await rm(join(folder, file.name), { force: true });
    const isLast = !files.some((other, at) => at > index && other.chain === file.chain);
    if (isLast) await rm(join(folder, headFileName(file.chain)), { force: true });
    sum -= sizes[index] ?? 0;
  }
}
