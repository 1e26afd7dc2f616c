import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { uploadedFile } from "../../../../src/vscode/context/uploaded-file.ts";

/** A PNG by its header: as much as is looked at. */
function png(width: number, height: number, bytes = 64): string {
  const data = Buffer.alloc(bytes);
  data.set(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  data.writeUInt32BE(width, 16);
  data.writeUInt32BE(height, 20);
  return data.toString("base64");
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("a file that the page was given", () => {
  it("UX27 is an image by what it is, whatever its name", () => {
    const { kind, label, detail, media } = uploadedFile("clip.txt", png(40, 20));
    assert.deepEqual([kind, label, detail, media?.image?.format], ["image", "clip.txt", "40×20, 64 bytes", "png"]);
  });

  it("UX27 is refused with the reason where no model takes it: by its size, its sides, or because it is empty", () => {
    assert.throws(
      () => uploadedFile("a.png", png(40, 20, 4 * 1024 * 1024)),
      /a\.png has 4 MB; models take 3\.75 MB at most\./,
    );
    assert.throws(() => uploadedFile("a.png", png(8001, 20)), /larger than 8,000 pixels on a side/);
    assert.throws(() => uploadedFile("a.png", ""), /too large to be sent/);
  });

  it("UX26 is a document or a text; what is neither is refused", () => {
    assert.equal(uploadedFile("a.pdf", base64("%PDF-1.7 x")).media?.document?.name, "a");
    const { kind, text } = uploadedFile("dir/note.md", base64("Grüße"));
    assert.deepEqual([kind, text], ["file", "Grüße"]);
    assert.throws(
      () => uploadedFile("a.bin", Buffer.from([0xff, 0xfe, 0x00]).toString("base64")),
      /neither a text nor an image/,
    );
    assert.throws(() => uploadedFile("a.bin", base64("a\0b")), /neither a text nor an image/);
  });
});
