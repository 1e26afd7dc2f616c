import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { examples, ordinary } from "./secret-examples.ts";

describe("the detectors", () => {
  for (const { kind, secret, text = `see ${secret} for it` } of examples) {
    it(`mask ${kind} in "${text.slice(0, 24).replaceAll("\n", " ")}…"`, () => {
      assert.equal(new Redactor().redact(text), text.replace(secret, `[redacted:${kind}#1]`));
    });
  }

  for (const { kind, secret, text = secret } of examples) {
    it(`mask ${kind} at the very beginning and end, and quoted, in "${text.slice(0, 12)}…"`, () => {
      const redactor = new Redactor();
      for (const whole of [text, `"x": 1,\n${text}\n`, `(${text})`]) {
        assert.equal(redactor.redact(whole).includes(secret), false, whole);
      }
    });
  }

  for (const text of ordinary) {
    it(`leave "${text.slice(0, 40).replaceAll("\n", " ")}" as it is`, () => {
      assert.equal(new Redactor().redact(text), text);
    });
  }
});
