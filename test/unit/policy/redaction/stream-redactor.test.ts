import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { createStreamRedactor } from "../../../../src/policy/redaction/stream-redactor.ts";
import { accessKeyId, examples, ordinary } from "./secret-examples.ts";

const key = `-----BEGIN PRIVATE KEY-----\n${"MIIEpAIBAAKCAQEA75r3Xq2pT0bnVYhS4kZ1mC8dWf6gJ9uLxE5oRtNsAQwHvKyP\n".repeat(5)}-----END PRIVATE KEY-----\n`;

function stream(chunks: readonly string[]): readonly string[] {
  const redactor = createStreamRedactor(new Redactor());
  return [...chunks.map((chunk) => redactor.push(chunk)), redactor.finish()];
}

/** A text cut at any places. */
const cutTexts = fc
  .array(fc.constantFrom(...examples.map(({ text, secret }) => text ?? secret), ...ordinary, key), { maxLength: 8 })
  .map((lines) => lines.join("\n"))
  .chain((text) =>
    fc.array(fc.nat(text.length), { maxLength: 10 }).map((places) => {
      const cuts = [0, ...places.sort((left, right) => left - right), text.length];
      return { text, chunks: cuts.slice(1).map((end, index) => text.slice(cuts[index], end)) };
    }),
  );

describe("createStreamRedactor", () => {
  it("masks a secret that is cut between two chunks", () => {
    assert.deepEqual(stream([`a ${accessKeyId.slice(0, 9)}`, `${accessKeyId.slice(9)} b\nc`]), [
      "",
      "a [redacted:aws-access-key#1] b\n",
      "c",
    ]);
  });

  it("holds the lines of a private key back until it has ended", () => {
    const [begin = "", ...rest] = key.split(/(?<=\n)/u);
    const shown = stream(["x\n", begin, ...rest, "y\n"]);
    assert.deepEqual(shown.slice(0, 7), ["x\n", "", "", "", "", "", ""]);
    assert.equal(shown[7], new Redactor().redact(key));
    assert.deepEqual(shown.slice(8), ["y\n", ""]);
  });

  it("masks the lines of a private key whose beginning was never printed", () => {
    const rest = key.slice(key.indexOf("\n") + 1);
    const shown = stream(rest.split(/(?<=\n)/u)).join("");
    assert.equal(shown, new Redactor().redact(rest));
    assert.equal(shown.includes("MIIE"), false);
  });

  it("shows what the whole text masked at once shows, wherever the chunks are cut", () => {
    fc.assert(
      fc.property(cutTexts, ({ text, chunks }) => assert.equal(stream(chunks).join(""), new Redactor().redact(text))),
      { numRuns: 300 },
    );
  });

  it("holds back a bounded part of a line that never ends, and still masks what is cut there", () => {
    const redactor = new Redactor();
    const shown = createStreamRedactor(redactor);
    let length = 0;
    let output = "";
    const filler = "lorem ipsum dolor ".repeat(40);
    for (let round = 0; round < 200; round++) {
      const chunk = `${filler}${accessKeyId} `;
      length += chunk.length;
      output += shown.push(chunk);
      assert.ok(length - redactor.restore(output).length <= 20_000);
    }
    output += shown.finish();
    assert.equal(output.includes("AKIA"), false);
    assert.equal(redactor.restore(output).length, length);
  });
});
