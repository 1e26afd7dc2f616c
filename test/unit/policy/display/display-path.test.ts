import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { displayPath } from "../../../../src/policy/display/display-path.ts";

describe("displayPath", () => {
  it("shows an ordinary path as it is", () => {
    assert.deepEqual(displayPath("src/grüße/отчёт.test.ts"), {
      text: "src/grüße/отчёт.test.ts",
      extension: ".ts",
      warning: undefined,
    });
    assert.deepEqual(displayPath("a/.env"), { text: "a/.env", extension: "", warning: undefined });
    assert.deepEqual(displayPath("C:\\a.b\\Makefile"), {
      text: "C:\\a.b\\Makefile",
      extension: "",
      warning: undefined,
    });
  });

  it("shows dots and slashes that are none", () => {
    assert.deepEqual(displayPath("\uff0evscode/a\u2215b.json"), {
      text: "⟦U+FF0E⟧vscode/a⟦U+2215⟧b.json",
      extension: ".json",
      warning: "The name contains characters that are not what they seem; its extension is really .json.",
    });
  });

  it("warns of letters that look like ASCII", () => {
    assert.equal(
      displayPath("src/p\u0430ck\u0430ge.json").warning,
      "The name contains letters of another script that look like ASCII; its extension is really .json.",
    );
  });

  it("stays on one line", () => {
    assert.equal(displayPath("a\nb").text, "a␊b");
  });
});
