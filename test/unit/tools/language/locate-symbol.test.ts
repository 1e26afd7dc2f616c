import assert from "node:assert/strict";
import { test } from "node:test";
import { locateSymbol } from "../../../../src/tools/language/locate-symbol.ts";

function locate(text: string, symbol: string, line: number, masked = text): number {
  return locateSymbol({ shown: "a.ts", text, masked }, { symbol, line });
}

test("A name is found where it is no part of a longer one", () => {
  assert.equal(locate("delays; delay2; $delay; delay(1)", "delay", 1), 24);
  assert.equal(locate("größer größe", "größe", 1), 7);
  assert.equal(locate("const x = 1;\r\nuse(x);\r\n", "x", 2), 4);
  assert.equal(locate("a?.#secret = 1", "#secret", 1), 4);
});

test("Of a qualified name the last part is meant, whether the rest is there or not", () => {
  assert.equal(locate("this.send(request);", "HarborCarrier.send", 1), 5);
  assert.equal(locate("void Queue::poll() {}", "Queue::poll", 1), 12);
  assert.equal(locate("void poll() {}", "Queue::poll", 1), 5);
});

test("A name on another line is told by that line", () => {
  const text = "one\nretry\nthree\nretry()\n";
  assert.throws(() => locate(text, "retry", 1), {
    name: "ToolError",
    message: "retry is not on line 1 of a.ts. It is on lines 2, 4.",
  });
  assert.throws(() => locate(text, "Retry", 1), {
    message: "Retry is not in a.ts. Use search_files to find where it is.",
  });
  assert.throws(() => locate(text, "three", 2), { message: "three is not on line 2 of a.ts. It is on line 3." });
  assert.throws(() => locate(text, "one", 9), { message: "a.ts has 5 lines; there is no line 9." });
});

test("Of a name on many lines the first twenty are told", () => {
  assert.throws(() => locate(`-\n${"x\n".repeat(100_000)}`, "x", 1), {
    message: `x is not on line 1 of a.ts. It is on lines ${Array.from({ length: 20 }, (_, i) => i + 2).join(", ")} and 99980 more.`,
  });
});

test("Nothing tells where a part of a secret is", () => {
  const text = "KEY = abc123\n";
  assert.throws(() => locate(text, "abc123", 1, "KEY = [redacted:token#1]\n"), {
    message: "abc123 is not in a.ts. Use search_files to find where it is.",
  });
  assert.equal(locate(text, "KEY", 1, "KEY = [redacted:token#1]\n"), 0);
});
