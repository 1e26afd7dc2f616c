import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isEnvironmentFile } from "../../../../src/policy/redaction/environment-file.ts";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";

const text = `# The database
DB_HOST=localhost
export DB_PASSWORD="two words" # rotated in May
EMPTY=
# OLD_KEY=abc
PORT: 3000

CERT="first
second # part of it
third"
 SPACED = x y
stray
`;

const masked = `# The database
DB_HOST=[redacted:env-value#1]
export DB_PASSWORD=[redacted:env-value#2] # rotated in May
EMPTY=
# OLD_KEY=[redacted:env-value#3]
PORT: [redacted:env-value#4]

CERT=[redacted:env-value#5]
[redacted:env-value#6]
[redacted:env-value#7]
 SPACED = [redacted:env-value#8]
[redacted:env-value#9]
`;

describe("environment files", () => {
  it("keep keys, comments and lines and lose every value", () => {
    assert.equal(new Redactor().redactFile(text, "/ws/.env"), masked);
  });

  it("keep Windows line ends", () => {
    const windows = (lines: string): string => lines.replaceAll("\n", "\r\n");
    assert.equal(new Redactor().redactFile(windows(text), ".env.local"), windows(masked));
  });

  it("are restored exactly, and masked no further", () => {
    const redactor = new Redactor();
    assert.equal(redactor.restore(redactor.redactFile(text, ".env")), text);
    assert.equal(redactor.redactFile(masked.replaceAll("env-value", "env-value"), ".env"), masked);
  });

  it("make their random values known: they are masked in other texts, too", () => {
    const redactor = new Redactor();
    redactor.redactFile("X=q7W2e9R4t1Y8u3I6\nMODE=production\n", ".env");
    assert.equal(redactor.redact("got q7W2e9R4t1Y8u3I6 in production"), "got [redacted:env-value#1] in production");
  });

  it("are known by their name", () => {
    const names = [".env", ".ENV", "a/.env.production", "C:\\a\\.env", "prod.env", ".envrc"];
    assert.deepEqual(names.filter(isEnvironmentFile), names);
    const others = ["env", "environment.ts", ".environment", "a.env.ts", ".envoy/x", ""];
    assert.deepEqual(others.filter(isEnvironmentFile), []);
  });

  it("are masked by their name only: other files keep what is no secret", () => {
    assert.equal(new Redactor().redactFile("MODE=production\n", "a.sh"), "MODE=production\n");
  });
});
