import assert from "node:assert/strict";
import { test } from "node:test";
import { readTextWindow, type TextWindow } from "../../../src/tools/text-window.ts";

function read(text: string | Uint8Array, start: number, end: number, size = 10_000): Promise<TextWindow> {
  return readTextWindow([Buffer.from(text)], { start, end }, size);
}

/** Endless chunks without keeping any; `line` is repeated to fill one. */
function* chunksOf(line: string, bytes: number): Generator<Uint8Array> {
  const chunk = Buffer.from(line.repeat(Math.ceil(1_000_000 / line.length)));
  for (let given = 0; given < bytes; given += chunk.length) yield chunk;
}

test("A window has the lines of its range and the count of all", async () => {
  assert.deepEqual(await read("a\nb\nc\n", 2, 3), { lines: ["b", "c"], total: { lines: 3, kind: "exact" } });
  assert.deepEqual(await read("a\nb\nc", 1, 99), { lines: ["a", "b", "c"], total: { lines: 3, kind: "exact" } });
  assert.deepEqual(await read("a\n\n", 1, 99), { lines: ["a", ""], total: { lines: 2, kind: "exact" } });
  assert.deepEqual(await read("", 1, 99), { lines: [], total: { lines: 0, kind: "exact" } });
  assert.deepEqual(await read("a\n", 5, 9), { lines: [], total: { lines: 1, kind: "exact" } });
});

test("Line ends of Windows and a byte order mark are not part of a line", async () => {
  assert.deepEqual((await read("\uFEFFa\r\nb\r\n", 1, 9)).lines, ["a", "b"]);
});

test("It does not matter where the chunks are cut, also inside a character", async () => {
  const bytes = Buffer.from("straße\n日本👍\nend");
  for (let cut = 0; cut <= bytes.length; cut++) {
    const window = await readTextWindow([bytes.subarray(0, cut), bytes.subarray(cut)], { start: 1, end: 9 }, 1000);

    assert.deepEqual(window.lines, ["straße", "日本👍", "end"], `cut at ${cut}`);
  }
});

test("The window ends where its size is reached, and the rest is counted", async () => {
  const window = await read("12345678\n".repeat(10), 1, 10, 30);

  assert.deepEqual(window, { lines: ["12345678", "12345678"], total: { lines: 10, kind: "exact" } });
});

test("A line that alone is larger than the size is given, so that reading gets on", async () => {
  assert.equal((await read(`${"x".repeat(100)}\nb\n`, 1, 9, 30)).lines.length, 1);
});

test("A huge line is cut, and says how long it is", async () => {
  const { lines, total } = await readTextWindow(chunksOf("é", 300_000_000), { start: 1, end: 9 }, 10_000);

  assert.deepEqual(lines, [`${"é".repeat(2000)} … (cut: this line has 300,000,000 bytes)`]);
  assert.deepEqual(total, { lines: 1, kind: "exact" });
});

test("A huge text is not counted to its end", async () => {
  const { lines, total } = await readTextWindow(chunksOf("line\n", 5_000_000_000), { start: 1, end: 2 }, 10_000);

  assert.deepEqual(lines, ["line", "line"]);
  assert.equal(total.kind, "atLeast");
});

test("A NUL or bytes that are not UTF-8 in the window are refused, outside they are not looked at", async () => {
  const latin = Buffer.concat([Buffer.from("good\n"), Buffer.from([0x66, 0xfc, 0x72, 0x0a])]);

  await assert.rejects(read(latin, 1, 9), /^NotTextError: data that is not UTF-8 text \(line 2\)$/);
  await assert.rejects(read("a\nb\0c\n", 1, 9), /^NotTextError: binary data \(a NUL in line 2\)$/);
  assert.deepEqual((await read(latin, 1, 1)).lines, ["good"]);
});
