import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { commandName, PromptFiles, parsePrompt } from "../../../../src/tools/context/prompt-files.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { writeTree } from "../../../support/write-tree.ts";

async function open(context: TestContext, files: Readonly<Record<string, string>>, isTrusted = true) {
  const root = await temporaryFolder(context);
  await writeTree(root, files);
  return new PromptFiles({
    userFolder: join(root, "user"),
    folders: () => (isTrusted ? [join(root, "w")] : []),
    mayTell: async (path) => !path.includes("withheld"),
  });
}

const review = "---\ndescription: 'Reviews a change'\nmode: agent\n---\nReview what I changed.\n";

test("UX33 prompt files of the user and of the repository are commands by their name", async (context) => {
  const files = await open(context, {
    "w/.github/prompts/review.prompt.md": review,
    "w/.github/prompts/withheld.prompt.md": "x",
    "w/.github/prompts/README.md": "no prompt",
    "w/.github/prompts/bad name.prompt.md": "x",
    "user/plain.prompt.md": "Say hello.",
  });
  const listed = await files.list();
  assert.deepEqual(
    listed.map(({ name, description, text }) => [name, description, text]),
    [
      ["plain", "", "Say hello."],
      ["review", "Reviews a change", "Review what I changed."],
    ],
  );
  assert.equal((await files.named("/review the last commit"))?.name, "review");
  for (const text of ["/unknown", "review", "/reviewer", " /review"])
    assert.equal(await files.named(text), undefined, text);
});

test("UX33 a repository cannot take the place of a prompt file of the user's, nor bring any before it is trusted", async (context) => {
  const tree = {
    "w/.github/prompts/a.prompt.md": "theirs",
    "user/a.prompt.md": "mine",
    "w/.github/prompts/b.prompt.md": "x",
  };
  const trusted = await open(context, tree);
  assert.deepEqual(
    (await trusted.list()).map(({ name, text }) => [name, text]),
    [
      ["a", "mine"],
      ["b", "x"],
    ],
  );
  const untrusted = await open(context, tree, false);
  assert.deepEqual(
    (await untrusted.list()).map(({ name }) => name),
    ["a"],
  );
});

test("UX33 properties are no part of the prompt, with whatever line ends", () => {
  assert.deepEqual(parsePrompt(review.replaceAll("\n", "\r\n")).text, "Review what I changed.");
  assert.deepEqual(parsePrompt("---\nno end"), { description: "", text: "---\nno end" });
  assert.equal(commandName("/a-b.c\nmore"), "a-b.c");
});
