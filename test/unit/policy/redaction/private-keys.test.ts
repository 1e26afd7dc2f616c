import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";

const body = [
  "MIIEpAIBAAKCAQEA75r3Xq2pT0bnVYhS4kZ1mC8dWf6gJ9uLxE5oRtNsAQwHvKyP",
  "B3cDeFgHiJkLmNoPqRsTuVwXyZ0123456789+/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "q8==",
];
const block = (label: string): string => [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`].join("\n");

describe("private keys", () => {
  for (const label of [
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
  ]) {
    it(`keep the lines of a ${label} and lose their content`, () => {
      const masked = new Redactor().redact(`a\n${block(label)}\nb`);
      assert.equal(
        masked,
        `a\n-----BEGIN ${label}-----\n[redacted:private-key#1]\n[redacted:private-key#2]\n[redacted:private-key#3]\n-----END ${label}-----\nb`,
      );
    });
  }

  it("are masked with Windows line ends, which stay", () => {
    const masked = new Redactor().redact(block("PRIVATE KEY").replaceAll("\n", "\r\n"));
    assert.equal(masked.split("\r\n").length, 5);
    assert.equal(masked.split("\r\n")[1], "[redacted:private-key#1]");
  });

  it("keep the headers of an encrypted key", () => {
    const text = [
      "-----BEGIN RSA PRIVATE KEY-----",
      "Proc-Type: 4,ENCRYPTED",
      "DEK-Info: AES-256-CBC,00",
      "",
      ...body,
    ].join("\n");
    assert.deepEqual(new Redactor().redact(text).split("\n").slice(1, 5), [
      "Proc-Type: 4,ENCRYPTED",
      "DEK-Info: AES-256-CBC,00",
      "",
      "[redacted:private-key#1]",
    ]);
  });

  it("are masked in a PGP block and in a PuTTY file", () => {
    const pgp = `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${body.join("\n")}\n-----END PGP PRIVATE KEY BLOCK-----`;
    const putty = `PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 3\n${body.join("\n")}\nPrivate-MAC: 00`;
    for (const text of [pgp, putty]) {
      const masked = new Redactor().redact(text);
      for (const line of body) assert.equal(masked.includes(line), false);
      assert.equal(masked.split("\n").length, text.split("\n").length);
    }
  });

  it("are masked where the end is cut off, and where the beginning is", () => {
    const withoutEnd = `-----BEGIN PRIVATE KEY-----\n${body.slice(0, 2).join("\n")}`;
    const withoutBeginning = `before it\n${body.join("\n")}\n-----END PRIVATE KEY-----\nafter it`;
    assert.equal(
      new Redactor().redact(withoutEnd),
      "-----BEGIN PRIVATE KEY-----\n[redacted:private-key#1]\n[redacted:private-key#2]",
    );
    assert.equal(
      new Redactor().redact(withoutBeginning),
      "before it\n[redacted:private-key#1]\n[redacted:private-key#2]\n[redacted:private-key#3]\n-----END PRIVATE KEY-----\nafter it",
    );
  });

  it("are masked in one line with escaped breaks, in a diff, with line numbers and in source code", () => {
    const escaped = `{"private_key": "${block("PRIVATE KEY").replaceAll("\n", "\\n")}\\n"}`;
    const inDiff = block("PRIVATE KEY").replaceAll(/^/gmu, "+");
    const numbered = block("PRIVATE KEY")
      .split("\n")
      .map((line, index) => `${index + 1}:${line}`)
      .join("\n");
    const inCode = block("PRIVATE KEY")
      .split("\n")
      .map((line) => `  "${line}\\n" +`)
      .join("\n");
    for (const text of [escaped, inDiff, numbered, inCode]) {
      const masked = new Redactor().redact(text);
      for (const line of body) assert.equal(masked.includes(line), false, text);
      assert.equal(masked.split("\n").length, text.split("\n").length);
    }
  });
});
