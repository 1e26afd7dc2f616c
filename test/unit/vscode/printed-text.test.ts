import assert from "node:assert/strict";
import { test } from "node:test";
import { PrintedText } from "../../../src/vscode/printed-text.ts";

test("What was printed is found again over broken lines and colours, by the first line of a message", () => {
  const printed = new PrintedText();
  printed.push("src/a.ts(1,1): error TS1: Type \x1b[31m'x' is\r\n not assign");
  assert.equal(printed.says("Type 'x' is not assignable"), false);
  printed.push("able");
  printed.finish();
  assert.deepEqual(
    ["Type 'x' is not assignable\nbecause", "'y' is declared"].map((message) => printed.says(message)),
    [true, false],
  );
});

test("Where more was printed than is looked in, anything may have been said", () => {
  const printed = new PrintedText();
  printed.push(`${"row ".repeat(1_000_000)}\n`);
  assert.equal(printed.says("beyond"), true);
});
