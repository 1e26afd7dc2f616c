import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { boundedLines } from "../../../src/tools/bounded-lines.ts";

async function linesOf(chunks: readonly string[], limit: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of boundedLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), limit)) {
    lines.push(line.kind === "line" ? line.bytes.toString() : "(too long)");
  }
  return lines;
}

test("Lines come whole however the stream is cut, the last one without its end as well", async () => {
  assert.deepEqual(await linesOf(["one\ntw", "o\n", "\nthr", "ee"], 10), ["one", "two", "", "three"]);
});

test("A line over the limit is reported and dropped, those around it come", async () => {
  assert.deepEqual(await linesOf(["a\n", "x".repeat(6), "x".repeat(6), "x\nb\n"], 10), ["a", "(too long)", "b"]);
  assert.deepEqual(await linesOf(["x".repeat(11)], 10), ["(too long)"]);
});
