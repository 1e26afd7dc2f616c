import { copyFile, readFile, rename, truncate, writeFile } from "node:fs/promises";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { t } from "../protocol/localize.ts";
import { hasCode } from "./has-code.ts";
import { type JournalRecord, parseRecord, serializeRecord } from "./journal-schema.ts";
import { journalVersion, versionOf } from "./journal-versions.ts";
import { type KeptMessages, MessageLog } from "./message-log.ts";
import type { Prompt } from "./prompt.ts";

/** A session as its journal has it. */
export interface JournalContents extends KeptMessages {
  readonly sessionId: string;
  readonly events: readonly ChatEvent[];
  /** All of the prompts that were queued, by their ids in the queue. */
  readonly prompts?: Readonly<Record<string, Prompt>>;
  /** Content from outside the workspace came into it. */
  readonly untrusted?: true;
  /** What was read past, for the user; told once, as the file no longer holds it. */
  readonly damage?: string;
}

/** A journal that cannot be read: the message says why. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/**
 * Reads a journal; one of an earlier version is written anew in this one's. A last line without its end is what a killed process leaves behind and is cut off; any other line
 * that is no record is read past, and the file as it was kept beside it. Undefined where there is no such file. Throws
 * `JournalError` where the file is no session.
 */
export async function readJournal(path: string): Promise<JournalContents | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  const torn = lines.pop() ?? "";
  const version = versionOf(lines[0] ?? "") ?? journalVersion;
  if (version > journalVersion) {
    throw new JournalError(
      t("{0}: written by a newer Outcrop, in version {1} of its format. Update Outcrop.", path, version),
    );
  }
  const read = lines.map((line) => readLine(line, version));
  const records = read.flatMap((line) => (line.record === undefined ? [] : [line.record]));
  const sessionId = records.find((record) => "sessionId" in record)?.sessionId;
  if (sessionId === undefined) {
    if (lines.length > 0)
      throw new JournalError(t("{0}: not an Outcrop session, its first line names no session.", path));
    if (torn !== "") await truncate(path, 0);
    return undefined;
  }
  const damaged = read.flatMap(({ problem }, index) => (problem === undefined ? [] : [{ line: index + 1, problem }]));
  const damage = damaged.length === 0 ? undefined : await mend(path, read, damaged);
  if (damage === undefined && version < journalVersion) await rewrite(path, read);
  else if (damage === undefined && torn !== "") await truncate(path, Buffer.byteLength(text) - Buffer.byteLength(torn));
  return {
    sessionId,
    ...messagesOf(records),
    events: records.flatMap((record) => ("event" in record ? [record.event] : [])),
    ...promptsOf(records),
    ...(records.some((record) => "untrusted" in record) && { untrusted: true }),
    ...(damage !== undefined && { damage }),
  };
}

function messagesOf(records: readonly JournalRecord[]): KeptMessages {
  const log = new MessageLog();
  for (const record of records) {
    if ("message" in record) log.add(record.message);
    else if ("event" in record) log.see(record.event);
  }
  return log.kept;
}

function promptsOf(records: readonly JournalRecord[]): Pick<JournalContents, "prompts"> {
  const queued = records.flatMap((record) => ("queued" in record ? [[record.queued, record.prompt] as const] : []));
  return queued.length === 0 ? {} : { prompts: Object.fromEntries(queued) };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

interface ReadLine {
  readonly record?: JournalRecord;
  /** The record's own text. */
  readonly text?: string;
  /** Why the line, or what stands before its record, is none. */
  readonly problem?: string;
}

/** A line, or the record at its end: what is written behind half a record stands in the same line. */
function readLine(line: string, version: number): ReadLine {
  const whole = parse(line, version);
  if (whole.record !== undefined) return whole;
  // Inside a record's texts every quote is escaped, so that this is where another record begins.
  for (const { index } of line.matchAll(/\{"(?:event|message|queued|untrusted)":/gu)) {
    const rest = index === 0 ? whole : parse(line.slice(index), version);
    if (rest.record !== undefined) return { ...rest, ...(whole.problem !== undefined && { problem: whole.problem }) };
  }
  return whole;
}

function parse(text: string, version: number): ReadLine {
  try {
    const record = parseRecord(text, version);
    return { record, text: version === journalVersion ? text : serializeRecord(record) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Writes the file anew, all of it or nothing. */
async function rewrite(path: string, read: readonly ReadLine[]): Promise<void> {
  const written = `${path}.mended`;
  const texts = read.flatMap(({ text }) => (text === undefined ? [] : [`${text}\n`]));
  await writeFile(written, texts.join(""), { mode: 0o600, flush: true });
  await rename(written, path);
}

/** Keeps the file as it was, writes it without what is damaged, and says so. */
async function mend(
  path: string,
  read: readonly ReadLine[],
  damaged: readonly { readonly line: number; readonly problem: string }[],
): Promise<string> {
  const kept = `${path}.damaged`;
  await copyFile(path, kept);
  await rewrite(path, read);
  const places = damaged.map(({ line, problem }) => `line ${line} (${problem})`);
  return t(
    "A part of the session could not be read and is left out; the file as it was is {0}: {1}.",
    kept,
    places.join(", "),
  );
}
