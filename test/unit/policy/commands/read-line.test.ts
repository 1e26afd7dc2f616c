import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readLine } from "../../../../src/policy/commands/read-line.ts";
import { textsOf } from "../../../../src/policy/commands/simple-command.ts";
import { shellParser } from "../../../security/command-scene.ts";

async function read(line: string) {
  return readLine(line, await shellParser());
}

async function words(line: string): Promise<readonly (readonly string[])[] | string> {
  const { understanding, commands } = await read(line);
  return understanding.kind === "understood"
    ? commands.map(textsOf)
    : `${understanding.reason} @${understanding.position}`;
}

describe("readLine", () => {
  it("decodes words, quotes and joints of the strict grammar", async () => {
    assert.deepEqual(await words("git status"), [["git", "status"]]);
    assert.deepEqual(await words("  ls\t-l  src "), [["ls", "-l", "src"]]);
    assert.deepEqual(await words(`echo 'a b' "c d" e'f'"g"h ''`), [["echo", "a b", "c d", "efgh", ""]]);
    assert.deepEqual(await words(`echo '$x \`y\` \\ "z" !' "it's"`), [["echo", '$x `y` \\ "z" !', "it's"]]);
    assert.deepEqual(await words("a|b && c>/dev/null"), "it redirects to or from a file @8");
    assert.deepEqual(await words("a|b && c >/dev/null 2>&1"), [["a"], ["b"], ["c"]]);
    assert.deepEqual(await words("git log HEAD~2 HEAD^ a@b x=1 50% a:b"), [
      ["git", "log", "HEAD~2", "HEAD^", "a@b", "x=1", "50%", "a:b"],
    ]);
  });

  it("names the first thing that it does not know, and where", async () => {
    assert.deepEqual(await words("ls; rm"), "it has several commands separated by ; @2");
    assert.deepEqual(await words("ls a || rm"), "it has a command that runs if another fails @5");
    assert.deepEqual(await words("echo $x"), "it substitutes a variable @5");
    assert.deepEqual(await words('echo "a $x"'), "it substitutes the output of a command or a variable @5");
    assert.deepEqual(await words('echo "a!"'), "it has an exclamation mark outside single quotes @5");
    assert.deepEqual(await words("ls src/*.ts"), "it has a file pattern that the shell expands (quote it) @7");
    assert.deepEqual(await words("ls ~"), "it names a home folder @3");
    assert.deepEqual(await words("ls a=~"), "it names a home folder @5");
    assert.deepEqual(await words("ls =x"), 'it has "=" outside quotes @3');
    assert.deepEqual(await words("ls ^x"), 'it has "^" outside quotes @3');
    assert.deepEqual(await words("A=1 ls"), "it sets a variable @0");
    assert.deepEqual(await words("ls |"), "a command is missing @4");
    assert.deepEqual(await words("echo 'a"), "a quote is not closed @5");
    assert.deepEqual(await words("ls\nls"), "it has several lines @2");
    assert.deepEqual(await words("ls\u200b"), "it holds the character U+200B @2");
    assert.deepEqual(await words("ls à"), 'it has "à" outside quotes @3');
    assert.deepEqual(await words(""), "it is empty @0");
  });

  it("finds the commands of lines that it does not understand, nested ones as such", async () => {
    const { commands } = await read("a $(b c) && (d; e) | f > g");
    assert.deepEqual(
      commands.map((command) => [textsOf(command).join(" "), command.isNested, command.isPipedInto]),
      [
        ["a $(b c)", false, false],
        ["b c", true, false],
        ["d", true, false],
        ["e", true, false],
        ["f", false, true],
      ],
    );
    assert.deepEqual(commands.at(-1)?.redirections, [{ operator: ">", target: { text: "g", position: 25 } }]);
  });

  it("survives a line of any length and depth", async () => {
    assert.equal(await words("a".repeat(100_000)), "it is too long @0");
    assert.match(String(await words("$(".repeat(20_000))), /@0$/);
    assert.match(String(await words(`${"(".repeat(30_000)}a`)), /@0$/);
  });
});
