import assert from "node:assert/strict";
import { test } from "node:test";
import { detectBinary } from "../../../src/tools/detect-binary.ts";

const cases: readonly (readonly [bytes: string, type: string | undefined])[] = [
  ["plain text\n", undefined],
  ["", undefined],
  ["\xef\xbb\xbfwith a mark", undefined],
  ["MZ is how this text begins", undefined],
  ["stra\xc3\x9fe, cut inside a character \xe6\x97", undefined],
  ["\x89PNG\r\n\x1a\n\0\0", "a PNG image"],
  ["%PDF-1.7\n", "a PDF document"],
  ["PK\x03\x04\x14\0", "a ZIP archive (or a document in one)"],
  ["\x7fELF\x02\x01", "an ELF program"],
  ["MZ\x90\0\x03", "a Windows program"],
  ["\0\0\0\x20ftypisom", "a media file (MP4 family)"],
  ["\xff\xfea\0b\0", "UTF-16 text (little-endian)"],
  ["\xfe\xff\0a\0b", "UTF-16 text (big-endian)"],
  ["some\0thing", "binary data"],
  ["f\xfcr \x93quoted\x94", undefined],
  ["f\xfcr\x01", "data that is no text"],
  ["\x81\x8f", "data that is no text"],
];

test("The beginning of a file tells text from formats that are named", () => {
  const answers = cases.map(([bytes]) => detectBinary(Buffer.from(bytes, "latin1")));

  assert.deepEqual(
    answers,
    cases.map(([, type]) => type),
  );
});
