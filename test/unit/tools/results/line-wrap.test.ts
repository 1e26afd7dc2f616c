import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LineWrap } from "../../../../src/tools/results/line-wrap.ts";

const a = (count: number): string => "a".repeat(count);

describe("LineWrap", () => {
  it("leaves lines that read_file shows whole as they are", () => {
    const text = `${a(2000)}\n\n${a(1)}\n`;
    assert.equal(new LineWrap().push(text), text);
  });

  it("breaks longer ones, also where they come in pieces", () => {
    assert.equal(new LineWrap().push(`b\n${a(4001)}\nc`), `b\n${a(2000)}\n${a(2000)}\n${a(1)}\nc`);
    const wrap = new LineWrap();
    const pieces = [a(1500), a(1500), `${a(1000)}b\n`, a(2000), a(1)].map((piece) => wrap.push(piece));
    assert.equal(pieces.join(""), `${a(2000)}\n${a(2000)}\nb\n${a(2000)}\n${a(1)}`);
  });

  it("cuts no character in two", () => {
    assert.equal(new LineWrap().push(`${a(1999)}👍b`), `${a(1999)}\n👍b`);
  });
});
