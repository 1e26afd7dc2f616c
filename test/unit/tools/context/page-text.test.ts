import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pageText } from "../../../../src/tools/context/page-text.ts";

describe("pageText", () => {
  it("keeps what a page says and leaves out what makes it look and act", () => {
    const html = `<!doctype html><html><head><title>Retry &amp; back off</title><style>p{}</style></head>
      <body><script>alert("<p>no</p>")</script><!-- no --><h2>Why</h2><p>Because   of&nbsp;<b>load</b>.</p>
      <ul><li>one</li><li>two &lt;b&gt; &#8211; &#x41;</li></ul></body></html>`;
    assert.equal(pageText(html), "Retry & back off\n\n## Why\nBecause of load.\n\n- one\n- two <b> – A");
  });

  it("leaves references that name no character", () => {
    assert.equal(pageText("&#0; &#xd800; &unknown; &#1114112;"), "&#0; &#xd800; &unknown; &#1114112;");
  });

  it("takes hostile markup in time that grows with its length", () => {
    for (const piece of ["<script ", "<!--", "<a<", "&#", "<head><head>"]) pageText(piece.repeat(20_000));
  });
});
