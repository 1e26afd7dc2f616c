import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { signInCommand } from "../../../src/vscode/sign-in-command.ts";

describe("signInCommand", () => {
  it("names the profile where there is one", () => {
    assert.equal(signInCommand("team-a.dev+eu@corp"), "aws login --profile team-a.dev+eu@corp");
  });

  it("is none for a name that a shell may read as more than a word, or the CLI as an option", () => {
    for (const profile of [
      "a b",
      "a;b",
      "$(id)",
      "`id`",
      "a\nb",
      "a\rb",
      "a'b",
      'a"b',
      "--debug",
      "a|b",
      "%PATH%",
      "",
    ]) {
      assert.equal(signInCommand(profile), undefined, JSON.stringify(profile));
    }
  });
});
