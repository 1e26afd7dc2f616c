import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { promptText } from "../../../../src/vscode/editor-actions/prompt-texts.ts";

describe("promptText", () => {
  it("names what is attached, and asks of a problem or an output what one asks of it", () => {
    assert.equal(promptText("ask", "selection", "a.ts"), "About the selected code of `a.ts`: ");
    assert.equal(
      promptText("explain", "problem", "a.ts"),
      "Explain this problem in `a.ts`: what it means, what causes it and what would solve it.",
    );
    assert.equal(
      promptText("fix", "terminal", "bash"),
      "Find the cause of what failed in this terminal output and fix it.",
    );
    assert.match(promptText("reviewChanges", "changes", ""), /^Review these changes\. /);
  });

  it("puts details below, and takes no mark of the text for one of its own", () => {
    assert.equal(
      promptText("fix", "problem", "{0}$&", "- line 1"),
      "Fix this problem in `{0}$&` at its cause.\n\n- line 1",
    );
  });
});
