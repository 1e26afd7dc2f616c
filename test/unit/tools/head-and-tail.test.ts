import assert from "node:assert/strict";
import { test } from "node:test";
import { HeadAndTail } from "../../../src/tools/head-and-tail.ts";

function keep(chunks: readonly string[]): string {
  const kept = new HeadAndTail(4, 6);
  for (const chunk of chunks) kept.push(chunk);
  return kept.text();
}

test("A text that fits is kept whole", () => {
  assert.equal(keep(["abcd", "efghij"]), "abcdefghij");
  assert.equal(keep([]), "");
});

test("Of a longer one beginning and end are kept, with what is missing between", () => {
  assert.equal(keep(["abcdefghijklmn"]), "abcd\n… (4 characters left out) …\nijklmn");
});

test("How the text was cut into chunks does not matter", () => {
  const text = "0123456789".repeat(300);

  assert.equal(keep([...text]), keep([text]));
  assert.equal(keep([text]), "0123\n… (2,990 characters left out) …\n456789");
});

test("No half characters are left at the cut", () => {
  assert.equal(keep([`abc👍${"x".repeat(20)}👍vwxyz`]), "abc\n… (22 characters left out) …\nvwxyz");
});
