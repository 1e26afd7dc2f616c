import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { accessKeyId, secretAccessKey } from "./secret-examples.ts";

/** Texts made to be slow for a pattern that tries again at every character. */
const hostile: Readonly<Record<string, string>> = {
  letters: "a",
  "mixed letters": "aB3",
  quotes: 'password="',
  "single quotes": "token='",
  "names without end": "token=",
  "escaped quotes": '\\"',
  "names and colons": "secret : ",
  "beginnings of JSON Web Tokens": "eyJ",
  "parts of JSON Web Tokens": "eyJhbGci.eyJ",
  "session tokens": "IQoJb3JpZ2lu",
  addresses: "://a:",
  "addresses with users": "://a:b@",
  "words and hyphens": "token-",
  "words and spaces": "token ",
  bearers: "bearer ",
  "key beginnings": "-----BEGIN PRIVATE KEY-----\n",
  "key beginnings on one line": "-----BEGIN PRIVATE KEY-----",
  "key lines": `${"MIIE".repeat(16)}\n`,
  "key ends": "-----END PRIVATE KEY-----\nMIIE\n",
  marks: "[redacted:key#1]",
  "access keys": accessKeyId,
  "secret keys": `${secretAccessKey} `,
  "query parts": "?token=a&",
  spaces: " ",
  logins: "machine login ",
  hexadecimals: "token 0a",
  newlines: "password:\n",
  options: "--token ",
  backslashes: "\\",
};

/** Quadratic time for so much text is hours, which the tests' own limit ends; linear time is a moment. */
const characters = 1_000_000;

describe("masking takes time in proportion to the text", () => {
  for (const [name, part] of Object.entries(hostile)) {
    it(`for ${name}`, (test) => {
      const started = performance.now();
      const masked = new Redactor().redact(part.repeat(Math.ceil(characters / part.length)));
      test.diagnostic(`${(performance.now() - started).toFixed(0)} ms for 1 MB`);
      assert.ok(masked.length > 0);
    });
  }
});
