import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeForeign } from "../../../../src/tools/foreign/foreign-result.ts";
import type { ForeignPart } from "../../../../src/tools/foreign/foreign-tools.ts";
import { RESULT_SIZE } from "../../../../src/tools/result-size.ts";

const text = (said: string): ForeignPart => ({ kind: "text", text: said });
const bytes = (mimeType: string, data: Uint8Array): ForeignPart => ({ kind: "bytes", mimeType, bytes: data });
const png = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

describe("what tools of others answer", () => {
  it("is text, a JSON object, or an image by its bytes", () => {
    assert.deepEqual(describeForeign([text("one"), text("two")]), [{ text: "one\ntwo" }]);
    assert.deepEqual(describeForeign([text('{"high": "14:05"}')]), [{ json: { high: "14:05" } }]);
    assert.deepEqual(describeForeign([text("[1]")]), [{ text: "[1]" }]);
    assert.deepEqual(describeForeign([bytes("application/octet-stream", png)]), [
      { image: { format: "png", source: { bytes: png } } },
    ]);
  });

  it("is named where models cannot take it", () => {
    assert.deepEqual(describeForeign([bytes("image/png", new Uint8Array(3)), bytes("audio/wav", new Uint8Array(4))]), [
      { text: "(3 bytes of image/png, not shown)\n(4 bytes of audio/wav, not shown)" },
    ]);
    assert.deepEqual(describeForeign([bytes("text/plain", Buffer.from("plain"))]), [{ text: "plain" }]);
    assert.deepEqual(describeForeign([]), [{ text: "(no output)" }]);
  });

  it("is text where it is too long for a JSON object, and says how many images are too many", () => {
    const long = JSON.stringify({ high: "a".repeat(RESULT_SIZE) });
    assert.deepEqual(describeForeign([text(long)]), [{ text: long }]);
    const blocks = describeForeign(Array.from({ length: 12 }, () => bytes("image/png", png)));
    assert.deepEqual([blocks.length, blocks[0]], [11, { text: "(2 more images, not shown)" }]);
  });
});
