import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parsePromptLink } from "../../../../src/vscode/editor-actions/parse-prompt-link.ts";

describe("parsePromptLink", () => {
  it("J10 gives the prompt of /ask, and takes no other path, parameter or empty prompt", () => {
    assert.equal(parsePromptLink("/ask", "prompt=what%20is%20this%3F&autorun=1"), "what is this?");
    assert.equal(parsePromptLink("/ask", "autorun=1&text=x"), undefined);
    assert.equal(parsePromptLink("/ask", "prompt=%20%0A"), undefined);
    assert.equal(parsePromptLink("/run", "prompt=x"), undefined);
  });

  it("J10 shows what is hidden in it, keeps lines, and cuts what is too long to be read", () => {
    assert.equal(parsePromptLink("/ask", "prompt=a%0D%0Ab%1B%5B2J%E2%80%AE"), "a\nb␛[2J⟦U+202E⟧");
    assert.equal(parsePromptLink("/ask", `prompt=${"x".repeat(5_000)}`), `${"x".repeat(4_000)}…`);
    const split = parsePromptLink("/ask", `prompt=${"x".repeat(3_999)}${encodeURIComponent("😀😀")}`) ?? "";
    assert.equal(split, `${"x".repeat(3_999)}…`);
  });
});
