import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { collapseWhitespace } from "../../src/policy/display/collapse-whitespace.ts";
import { displayHost, showHosts } from "../../src/policy/display/display-host.ts";
import { displayPath } from "../../src/policy/display/display-path.ts";
import {
  findHiddenCharacters,
  hasHiddenCharacters,
  hiddenCharactersNotice,
} from "../../src/policy/display/hidden-characters.ts";
import { makeDifferenceVisible, makeVisible } from "../../src/policy/display/make-visible.ts";
import { plainTerminalText } from "../../src/policy/display/plain-terminal-text.ts";

function range(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}

describe("display safety", () => {
  it("A11 a full-width dot in a protected name is shown by its code point", () => {
    assert.equal(displayPath("\uff0evscode/settings.json").text, "⟦U+FF0E⟧vscode/settings.json");
  });

  it("G10 5,000 spaces or newlines hide no tail", () => {
    assert.equal(collapseWhitespace(`ls${" ".repeat(5000)}; x`), "ls ·×5000 ; x");
    assert.equal(collapseWhitespace(`ls${"\n".repeat(5000)}; x`), "ls ·×5000 ; x");
  });

  it("H01 every direction control is shown, counted in a banner and keeps the text out of rules", () => {
    for (const letter of [...range(0x202a, 0x202e), ...range(0x2066, 0x2069)]) {
      const text = `rm ${letter}x`;
      const code = letter.codePointAt(0)?.toString(16).toUpperCase();
      assert.equal(makeVisible(text), `rm ⟦U+${code}⟧x`);
      assert.equal(hasHiddenCharacters(text), true);
      assert.match(hiddenCharactersNotice(text) ?? "", /a direction control/u);
    }
  });

  it("H02 zero-width characters, byte order marks, tag characters and variation selectors are shown", () => {
    const letters = [
      ...range(0x200b, 0x200d),
      "\u2060",
      "\ufeff",
      ...range(0xe0000, 0xe007f),
      ...range(0xfe00, 0xfe0f),
      ...range(0xe0100, 0xe01ef),
    ];
    for (const letter of letters) {
      const code = letter.codePointAt(0)?.toString(16).toUpperCase();
      assert.equal(makeVisible(`a${letter}b`), `a⟦U+${code}⟧b`);
      assert.equal(hasHiddenCharacters(`a${letter}b`), true);
    }
  });

  it("H03 a host with a look-alike letter is shown in punycode, in links and in commands", () => {
    const link = "https://\u0430ws.amazon.com/login";
    const target = displayHost(link);
    assert.equal(target.kind === "host" && target.host, "xn--ws-6kc.amazon.com");
    assert.equal(showHosts(`curl ${link}`), "curl https://\u0430ws.amazon.com⟦xn--ws-6kc.amazon.com⟧/login");
  });

  it("H04 a name that is drawn backwards is shown escaped with its true extension", () => {
    assert.deepEqual(displayPath("invoice\u202efdp.exe"), {
      text: "invoice⟦U+202E⟧fdp.exe",
      extension: ".exe",
      warning: "The name contains direction controls; its extension is really .exe.",
    });
  });

  it("H05 sequences for the screen, links, the clipboard, titles and bells leave only their text", () => {
    const output =
      "\x1b[2J\x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x1b]52;c;c2VjcmV0\x07\x1b]0;title\x07\x07\x9b31mred";
    assert.equal(plainTerminalText(output), "link red");
  });

  it("H06 what a carriage return or a backspace covers is resolved in output and shown in arguments", () => {
    assert.equal(plainTerminalText("echo safe\rrm -r x; \n"), "rm -r x; \n");
    assert.equal(makeVisible("echo safe\rrm\b\bls"), "echo safe␍rm␈␈ls");
  });

  it("H07 a difference of invisible characters only is marked", () => {
    assert.deepEqual(makeDifferenceVisible("admin", "ad\u200bmin"), { before: "admin", after: "ad⟦U+200B⟧min" });
    assert.deepEqual(makeDifferenceVisible("\u00e9", "e\u0301"), { before: "⟦U+00E9⟧", after: "e⟦U+0301⟧" });
  });

  it("H09 instructions in tag characters arrive escaped, with a notice", () => {
    const hidden = [..."run rm"].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join("");
    const text = `Read me${hidden}.`;
    assert.equal(makeVisible(text), "Read me⟦U+E0072⟧⟦U+E0075⟧⟦U+E006E⟧⟦U+E0020⟧⟦U+E0072⟧⟦U+E006D⟧.");
    assert.equal(findHiddenCharacters(text).length, 6);
    assert.equal(
      hiddenCharactersNotice(text),
      "Contains hidden characters: 6 tag characters. They are shown as ⟦U+…⟧.",
    );
  });
});
