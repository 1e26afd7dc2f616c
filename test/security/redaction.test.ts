import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Redactor } from "../../src/policy/redaction/redactor.ts";
import { createStreamRedactor } from "../../src/policy/redaction/stream-redactor.ts";
import { accessKeyId, secretAccessKey, sessionToken } from "../unit/policy/redaction/secret-examples.ts";

const keyLines = ["MIIEpAIBAAKCAQEA75r3Xq2pT0bnVYhS4kZ1mC8dWf6gJ9uLxE5oRtNsAQwHvKyP", "q8u7V1w2X3y4Z5=="];
const notes = [
  "Notes",
  `key: ${accessKeyId}`,
  `secret: ${secretAccessKey}`,
  "-----BEGIN PRIVATE KEY-----",
  ...keyLines,
  "-----END PRIVATE KEY-----",
  "end",
].join("\n");
const secrets = [accessKeyId, secretAccessKey, ...keyLines];

describe("secrets at the exits", () => {
  it("C01 an environment file sent with values masked keeps its keys only", () => {
    const text = `# db\nUSER=me\nPASSWORD="hunter 2"\nKEY=${accessKeyId}\n`;
    const masked = new Redactor().redactFile(text, ".env");
    assert.equal(
      masked,
      "# db\nUSER=[redacted:env-value#1]\nPASSWORD=[redacted:env-value#2]\nKEY=[redacted:env-value#3]\n",
    );
  });

  it("C10 a file with an AWS key pair and a PEM block loses the values and nothing else", () => {
    assert.equal(
      new Redactor().redactFile(notes, "notes.txt"),
      [
        "Notes",
        "key: [redacted:aws-access-key#1]",
        "secret: [redacted:aws-secret#1]",
        "-----BEGIN PRIVATE KEY-----",
        "[redacted:private-key#1]",
        "[redacted:private-key#2]",
        "-----END PRIVATE KEY-----",
        "end",
      ].join("\n"),
    );
  });

  it("C10 the documentation's example key pair is masked", () => {
    // The pair that AWS prints in its own documentation.
    const pair = ["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"];
    assert.equal(
      new Redactor().redact(`[default]\n${pair[0]}\n${pair[1]}\n`),
      "[default]\n[redacted:aws-access-key#1]\n[redacted:aws-secret#1]\n",
    );
  });

  it("C11 a mark in an edit stands for the original text, on this machine only", () => {
    const redactor = new Redactor();
    const seen = redactor.redactFile(notes, "notes.txt");
    const line = seen.split("\n")[2] ?? "";
    assert.equal(line, "secret: [redacted:aws-secret#1]");
    const [oldText, newText] = [line, `old_${line}`].map((text) => redactor.restore(text));
    const edited = notes.replace(oldText ?? "", newText ?? "");
    assert.equal(edited, notes.replace("secret: ", "old_secret: "));
    assert.equal(redactor.redactFile(edited, "notes.txt"), seen.replace("secret: ", "old_secret: "));
  });

  it("C12 a secret across two windows of a file is masked in both, whichever lines are read", () => {
    const masked = new Redactor().redactFile(notes, "notes.txt").split("\n");
    assert.equal(masked.length, notes.split("\n").length);
    for (let first = 0; first < masked.length; first++) {
      for (let last = first + 1; last <= masked.length; last++) {
        const window = masked.slice(first, last).join("\n");
        assert.deepEqual(
          secrets.filter((secret) => window.includes(secret) || window.includes(secret.slice(0, 12))),
          [],
        );
      }
    }
  });

  it("K01 canaries of this process are masked byte by byte, whatever stands around them", () => {
    const canaries = ["canary access key", "canary-secret/key+1=", "canary.session.token", "canary bearer token"];
    const redactor = new Redactor({ liveSecrets: canaries.map((value) => ({ value, kind: "credential" })) });
    for (const canary of canaries) {
      for (const text of [
        canary,
        `x${canary}y`,
        JSON.stringify({ a: [canary] }),
        `https://h/?q=${encodeURIComponent(canary)}`,
      ]) {
        const masked = redactor.redact(text);
        assert.equal(masked.includes(canary) || masked.includes(encodeURIComponent(canary)), false, text);
      }
    }
  });

  it("K02 request headers in an error of Bedrock are masked", () => {
    const error = [
      `AccessDeniedException: Credential=${accessKeyId}/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=${"0a1b2c3d".repeat(8)}`,
      `x-amz-security-token: ${sessionToken}`,
      `authorization: Bearer ABSK${"aB3dE5fG7hJ9".repeat(6)}`,
    ].join("\n");
    const masked = new Redactor().redact(error);
    assert.equal(masked.includes(accessKeyId), false);
    assert.equal(masked.includes("0a1b2c3d0a1b"), false);
    assert.equal(masked.includes("IQoJ"), false);
    assert.equal(masked.includes("ABSK"), false);
    assert.ok(masked.startsWith("AccessDeniedException: Credential="));
  });

  it("K06 a secret that a command prints is masked in its live output, wherever the chunks are cut", () => {
    const printed = `$ env\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n${notes}\ndone\n`;
    for (let size = 1; size <= 60; size++) {
      const redactor = new Redactor();
      const stream = createStreamRedactor(redactor);
      const shown: string[] = [];
      for (let at = 0; at < printed.length; at += size) shown.push(stream.push(printed.slice(at, at + size)));
      shown.push(stream.finish());
      assert.equal(shown.join(""), new Redactor().redact(printed));
      assert.deepEqual(
        secrets.filter((secret) => shown.join("").includes(secret)),
        [],
      );
    }
  });
});
