import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import { type Capabilities, fullCapabilities } from "../../../../src/agent/capabilities.ts";
import { toConverse } from "../../../../src/agent/to-converse/to-converse.ts";
import { pngHeader } from "../../../support/any-history.ts";

const user = (...content: ContentBlock[]): Message => ({ role: "user", content });
const image = (bytes: Uint8Array, format: "png" | "jpeg" = "png"): ContentBlock => ({
  image: { format, source: { bytes } },
});
const document = (name: string, bytes = new Uint8Array([65])): ContentBlock => ({
  document: { name, format: "pdf", source: { bytes } },
});
const sent = (content: readonly ContentBlock[], own: Partial<Capabilities> = {}) =>
  toConverse([user(...content)], { ...fullCapabilities, ...own })[0]?.content;
const note = (text: string): ContentBlock => ({ text });
const small = pngHeader(10, 10);
const gif = Uint8Array.from(Buffer.from("GIF89a\x10\x00\x20\x00", "latin1"));
const jpeg = (height: number, width: number): Uint8Array => {
  const bytes = Buffer.from("ffd8ffe000040000ffc0001108000000000300", "hex");
  bytes.writeUInt16BE(height, 13);
  bytes.writeUInt16BE(width, 15);
  return bytes;
};
const webp = (side: number): Uint8Array => {
  const bytes = Buffer.alloc(30);
  bytes.write("RIFF", 0, "latin1");
  bytes.write("WEBPVP8X", 8, "latin1");
  bytes.writeUIntLE(side - 1, 24, 3);
  return bytes;
};

describe("images and documents", () => {
  it("B6.107 an image has the format that its bytes have", () => {
    assert.deepEqual(sent([image(small, "jpeg"), image(gif), image(jpeg(10, 20)), image(webp(8_000))]), [
      { image: { format: "png", source: { bytes: small } } },
      { image: { format: "gif", source: { bytes: gif } } },
      { image: { format: "jpeg", source: { bytes: jpeg(10, 20) } } },
      { image: { format: "webp", source: { bytes: webp(8_000) } } },
    ]);
  });

  it("B6.107 what is no image, too large or too long a side becomes a note", () => {
    const large = Buffer.concat([small, Buffer.alloc(3.75 * 1024 * 1024)]);
    const kept = sent([
      image(new Uint8Array([1, 2])),
      image(new Uint8Array()),
      image(large),
      image(pngHeader(8_001, 1)),
      image(jpeg(1, 9_000)),
      image(webp(8_001)),
    ]);
    assert.deepEqual(kept, [
      note("[Image left out: it is no PNG, JPEG, GIF or WebP image.]"),
      note("[Image left out: it is no PNG, JPEG, GIF or WebP image.]"),
      note("[Image left out: it is larger than 3.75 MB.]"),
      note("[Image left out: a side is longer than 8000 pixels.]"),
      note("[Image left out: a side is longer than 8000 pixels.]"),
      note("[Image left out: a side is longer than 8000 pixels.]"),
    ]);
  });

  it("B6.107 a message holds twenty images, those in results counted", () => {
    const result: ContentBlock = {
      toolResult: { toolUseId: "1", content: [{ image: { format: "png", source: { bytes: small } } }] },
    };
    const call: Message = { role: "assistant", content: [{ toolUse: { toolUseId: "1", name: "look", input: {} } }] };
    const images = Array.from({ length: 20 }, () => image(small));
    const content = toConverse([user({ text: "Hi" }), call, user(result, ...images)])[2]?.content ?? [];
    assert.equal(content.filter((block) => block.image !== undefined).length, 19);
    assert.deepEqual(content.at(-1), note("[Image left out: a message holds 20 at most.]"));
  });

  it("B6.107 an image in a result goes only to families that take it there", () => {
    const result: ContentBlock = {
      toolResult: { toolUseId: "1", content: [{ image: { format: "png", source: { bytes: small } } }] },
    };
    const call: Message = { role: "assistant", content: [{ toolUse: { toolUseId: "1", name: "look", input: {} } }] };
    const history = [user({ text: "Hi" }, image(small)), call, user(result)];
    const [prompt, , answer] = toConverse(history, { ...fullCapabilities, images: "user" });
    assert.equal(prompt?.content?.[1]?.image?.format, "png");
    assert.deepEqual(answer?.content?.[0]?.toolResult?.content, [
      note("[Image left out: this model takes none here.]"),
    ]);
  });

  it("B6.108 documents have neutral names, each its own, and text beside them", () => {
    const content = sent([document("Pläne_v2.pdf"), document("Pl?ne_v2.pdf"), document("  "), document("a  b")]);
    assert.deepEqual(
      content?.map((block) => block.document?.name ?? block.text),
      ["Pl-ne-v2-pdf", "Pl-ne-v2-pdf (2)", "document", "a b", "The document is attached."],
    );
  });

  it("B6.108 names are unique in the whole request", () => {
    const answer: Message = { role: "assistant", content: [{ text: "Read." }] };
    const messages = toConverse([user(document("a"), { text: "x" }), answer, user(document("a"), { text: "y" })]);
    assert.deepEqual(
      messages.flatMap(({ content = [] }) => content.flatMap((block) => block.document?.name ?? [])),
      ["a", "a (2)"],
    );
  });

  it("B6.108 a document that is empty, too large or one too many becomes a note", () => {
    const large = new Uint8Array(4.5 * 1024 * 1024 + 1);
    assert.deepEqual(sent([document("e", new Uint8Array()), document("l", large)]), [
      note('[Document "e" left out: it is empty.]'),
      note('[Document "l" left out: it is larger than 4.5 MB.]'),
    ]);
    const six = sent(["a", "b", "c", "d", "e", "f"].map((name) => document(name)));
    assert.equal(six?.filter((block) => block.document !== undefined).length, 5);
    assert.deepEqual(six?.at(-1), note('[Document "f" left out: a message holds 5 at most.]'));
  });

  it("B6.108 a document goes only to families that take it", () => {
    assert.deepEqual(sent([document("a")], { documents: "none" }), [
      note('[Document "a" left out: this model takes none here.]'),
    ]);
  });

  it("B6.109 no image and no document goes in the assistant's name", () => {
    const said: Message = { role: "assistant", content: [image(small), document("a"), { text: "Look." }] };
    assert.deepEqual(toConverse([user({ text: "Hi" }), said, user({ text: "Thanks" })])[1], {
      role: "assistant",
      content: [{ text: "Look." }],
    });
  });
});
