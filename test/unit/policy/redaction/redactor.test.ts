import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { accessKeyId, examples, ordinary, secretAccessKey } from "./secret-examples.ts";

/** Texts that mix secrets, ordinary lines and anything else. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...examples.map(({ text, secret }) => text ?? secret)),
      fc.constantFrom(...ordinary),
      fc.string({ maxLength: 40 }),
      fc.constantFrom("\n", "\r\n", " ", "=", '"', "password", "token: ", "]", "-----BEGIN PRIVATE KEY-----\n"),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("Redactor", () => {
  it("gives the same secret the same mark for the whole session", () => {
    const redactor = new Redactor();
    const first = redactor.redact(`${accessKeyId} ${secretAccessKey} ${accessKeyId}`);
    assert.equal(first, "[redacted:aws-access-key#1] [redacted:aws-secret#1] [redacted:aws-access-key#1]");
    assert.equal(
      redactor.redact(`AKIA0000000000000000 ${accessKeyId}`),
      "[redacted:aws-access-key#2] [redacted:aws-access-key#1]",
    );
  });

  it("restores exactly what it masked", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const redactor = new Redactor();
        assert.equal(redactor.restore(redactor.redact(text)), text);
      }),
      { numRuns: 500 },
    );
  });

  it("masks a masked text no further", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const redactor = new Redactor();
        const once = redactor.redact(text);
        assert.equal(redactor.redact(once), once);
      }),
      { numRuns: 500 },
    );
  });

  it("never changes the number of lines", () => {
    const lineEnds = (text: string): readonly string[] => text.match(/\r\n|\n|\r/gu) ?? [];
    fc.assert(
      fc.property(texts, (text) => assert.deepEqual(lineEnds(new Redactor().redact(text)), lineEnds(text))),
      { numRuns: 500 },
    );
  });

  it("restores no mark of another session", () => {
    new Redactor().redact(accessKeyId);
    assert.equal(new Redactor().restore("[redacted:aws-access-key#1]"), "[redacted:aws-access-key#1]");
  });

  it("gives away no number that a text already holds as if it were a mark", () => {
    const redactor = new Redactor();
    const text = `[redacted:aws-access-key#1] ${accessKeyId}`;
    assert.equal(redactor.redact(text), "[redacted:aws-access-key#1] [redacted:aws-access-key#2]");
    assert.equal(redactor.restore(redactor.redact(text)), text);
  });

  it("masks a secret that hides behind a mark", () => {
    const redactor = new Redactor();
    redactor.redact("PASSWORD=hunter22");
    const masked = redactor.redact(`PASSWORD=[redacted:password#1]aB3dE5fG7hJ9kL2mN4`);
    assert.equal(masked, "PASSWORD=[redacted:password#1][redacted:password#2]");
  });

  it("masks credentials of this process wherever they stand, also encoded", () => {
    const value = "plain words/with+signs=";
    const redactor = new Redactor({ liveSecrets: [{ value, kind: "Session Token" }] });
    const encoded = [value, encodeURIComponent(value), Buffer.from(value).toString("base64"), JSON.stringify(value)];
    const masked = redactor.redact(encoded.join("\n"));
    assert.equal(
      masked,
      '[redacted:session-token#1]\n[redacted:session-token#2]\n[redacted:session-token#3]\n"[redacted:session-token#1]"',
    );
    assert.equal(redactor.restore(masked), encoded.join("\n"));
  });

  it("says that it cannot watch for a value that is too short", () => {
    const redactor = new Redactor();
    assert.deepEqual(
      [redactor.addLiveSecret("abc", "key"), redactor.addLiveSecret("plain words", "key")],
      [false, true],
    );
    assert.equal(redactor.redact("abc, plain words"), "abc, [redacted:key#1]");
  });

  it("masks a credential of several lines line by line", () => {
    const redactor = new Redactor({ liveSecrets: [{ value: "first line here\nsecond line here", kind: "key" }] });
    assert.equal(redactor.redact("a first line here\nsecond line here b"), "a [redacted:key#1]\n[redacted:key#2] b");
  });
});
