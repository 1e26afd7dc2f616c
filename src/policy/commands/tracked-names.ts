/** Bytes of an entry before the object's name: times, numbers and sizes of the file. */
const statBytes = 40;
const lengthMask = 0x0fff;
const extendedFlag = 0x4000;

/**
 * The names in git's index, relative to the top of the work tree. Undefined for what is no index of version 2, 3 or 4.
 * Its form: https://git-scm.com/docs/index-format
 */
export function trackedNames(index: Buffer, hashBytes: 20 | 32): readonly string[] | undefined {
  try {
    return readNames(index, hashBytes);
  } catch {
    // It ends too early.
    return undefined;
  }
}

function readNames(index: Buffer, hashBytes: number): readonly string[] | undefined {
  const version = index.readUInt32BE(4);
  if (index.toString("latin1", 0, 4) !== "DIRC" || version < 2 || version > 4) return undefined;
  const names: string[] = [];
  let last: Buffer = Buffer.alloc(0);
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    const flagsAt = at + statBytes + hashBytes;
    const flags = index.readUInt16BE(flagsAt);
    const nameAt = flagsAt + ((flags & extendedFlag) === 0 ? 2 : 4);
    const entry = version === 4 ? shortenedName(index, nameAt, last) : wholeName(index, nameAt, at);
    const isWhole = (flags & lengthMask) === lengthMask || (flags & lengthMask) === entry.name.length;
    if (!isWhole) return undefined;
    names.push(entry.name.toString("utf8"));
    last = entry.name;
    at = entry.end;
  }
  return names;
}

interface IndexEntry {
  readonly name: Buffer;
  readonly end: number;
}

/** Followed by one to eight NULs, so that the entry's length is a multiple of eight. */
function wholeName(index: Buffer, nameAt: number, entryAt: number): IndexEntry {
  const nameEnd = endOfText(index, nameAt);
  const length = nameEnd - entryAt;
  return { name: index.subarray(nameAt, nameEnd), end: entryAt + length + 8 - (length % 8) };
}

/** Without what it begins with as the name before does: how many bytes of that one go comes first. */
function shortenedName(index: Buffer, at: number, last: Buffer): IndexEntry {
  let byte = index.readUInt8(at);
  let removed = byte & 0x7f;
  let textAt = at + 1;
  for (; (byte & 0x80) !== 0; textAt++) {
    byte = index.readUInt8(textAt);
    removed = (removed + 1) * 128 + (byte & 0x7f);
  }
  const textEnd = endOfText(index, textAt);
  const name = Buffer.concat([last.subarray(0, last.length - removed), index.subarray(textAt, textEnd)]);
  return { name, end: textEnd + 1 };
}

function endOfText(index: Buffer, at: number): number {
  const end = index.indexOf(0, at);
  if (end === -1) throw new RangeError("The index ends within a name.");
  return end;
}
