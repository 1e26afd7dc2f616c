import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LinkifyIt } from "../../../webview/markdown/plain-links.ts";

const found = (text: string): readonly string[] => new LinkifyIt().match(text).map(({ url }) => url);

describe("addresses that stand in a text by themselves", () => {
  const cases: readonly (readonly [text: string, ...links: string[]])[] = [
    ["https://example.com", "https://example.com"],
    ["see https://example.com.", "https://example.com"],
    ["HTTP://Example.com/A?b=c#d, and", "HTTP://Example.com/A?b=c#d"],
    ["(https://example.com/a)", "https://example.com/a"],
    ["https://en.wikipedia.org/wiki/Rust_(language) is", "https://en.wikipedia.org/wiki/Rust_(language)"],
    ["[x](https://a.b/c(d)e)f", "https://a.b/c(d)e"],
    ['"https://a.b/c"', "https://a.b/c"],
    ["<https://a.b/c>", "https://a.b/c"],
    ["http://localhost:8080/x?y=1;z=2!", "http://localhost:8080/x?y=1;z=2"],
    ["http://[::1]:3000/a", "http://[::1]:3000/a"],
    ["http://127.0.0.1:65535", "http://127.0.0.1:65535"],
    ["https://a.b/c，然后", "https://a.b/c"],
    ["https://例え.jp/パス。次", "https://例え.jp/パス"],
    ["https://a.b/c... more", "https://a.b/c"],
    ["https://a.b/v1..v2", "https://a.b/v1..v2"],
    ["https://a.b/c:", "https://a.b/c"],
    ["https://a.b/it's", "https://a.b/it's"],
    ["https://a.b/x https://c.d/y", "https://a.b/x", "https://c.d/y"],
    ["https://a.b/{id}/c", "https://a.b/{id}/c"],
    ["https://a.b/(c", "https://a.b/"],
    ["https://a.b/c\u00a0d", "https://a.b/c"],
  ];
  for (const [text, ...links] of cases) it(`in ${text}`, () => assert.deepEqual(found(text), links));

  it("are no guesses: nothing without its scheme, of another, in the middle of a word, without a host", () => {
    for (const text of [
      "example.com www.example.com //example.com",
      "ftp://a.b mailto:a@b.c javascript://a.b%0aalert(1)",
      "xhttps://a.b _http://a.b 1http://a.b",
      "http:// https://- http://_x http:///etc http://.a http://a.-b http://user@host",
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });

  it("are found at the start alone where that is asked", () => {
    assert.equal(new LinkifyIt().matchAtStart("https://a.b/c d")?.url, "https://a.b/c");
    assert.equal(new LinkifyIt().matchAtStart(" https://a.b/c"), null);
    assert.equal(new LinkifyIt().test("a https://a.b"), true);
    assert.equal(new LinkifyIt().test("a"), false);
  });

  it("are found in time that grows with the text alone", () => {
    const long = "x".repeat(200_000);
    for (const text of [`http://${"a.".repeat(50_000)}`, `http://a/${"(".repeat(100_000)}`, "http://".repeat(30_000)]) {
      assert.ok(found(`${text} ${long}`).length <= 30_000);
    }
  });
});
