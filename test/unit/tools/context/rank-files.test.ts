import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rankPaths } from "../../../../src/tools/context/rank-files.ts";

const nothingOpen = { open: new Set<string>(), most: 10 };

describe("rankPaths", () => {
  it("UX21 puts names that begin with what was typed before those that hold it, and letters in order last", () => {
    const paths = ["src/chat/a-retry.ts", "src/retry-delay.ts", "docs/retry/x.md", "src/r/e/t/r/y.ts", "src/other.ts"];
    assert.deepEqual(rankPaths("retry", paths, nothingOpen), [
      ...["src/retry-delay.ts", "src/chat/a-retry.ts", "docs/retry/x.md", "src/r/e/t/r/y.ts"],
    ]);
  });

  it("UX21 puts open editors before all others", () => {
    const paths = ["retry.ts", "deep/down/my-retry-test.ts"];
    const open = new Set(["deep/down/my-retry-test.ts"]);
    assert.deepEqual(rankPaths("retry", paths, { open, most: 10 }), ["deep/down/my-retry-test.ts", "retry.ts"]);
  });

  it("UX21 finds beginnings of words, in whatever case, and paths", () => {
    const paths = ["src/ChatSession.ts", "src/chats.ts", "src/chat/session.ts"];
    assert.equal(rankPaths("cs", paths, nothingOpen)[0], "src/ChatSession.ts");
    assert.equal(rankPaths("chat/se", paths, nothingOpen)[0], "src/chat/session.ts");
    assert.deepEqual(rankPaths("xyz", paths, nothingOpen), []);
  });

  it("gives no more than asked for, and with nothing typed the first ones", () => {
    assert.deepEqual(rankPaths("", ["b", "a", "c"], { ...nothingOpen, most: 2 }), ["b", "a"]);
  });
});
