import assert from "node:assert/strict";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { searchEngines } from "../support/search-engines.ts";
import { writeTree } from "../support/write-tree.ts";
import { type FileScene, fileScene } from "./file-scene.ts";

const privateKey = "-----BEGIN PRIVATE KEY-----\nSECRETKEYSECRETKEY\n-----END PRIVATE KEY-----\n";
const certificate = "-----BEGIN CERTIFICATE-----\nSECRETMIIC\n-----END CERTIFICATE-----\n";
const accessKey = "AKIAQX3ZP7NLM5RTW2VD";
const secretKey = "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";

/** What the slow engine says of itself. */
const slowNote = / \(slow search: [^)]*\)/;

for (const { name, ripgrep } of await searchEngines()) {
  const open = (test: TestContext): Promise<FileScene> => fileScene(test, { ripgrep });
  const search = async ({ play }: FileScene, input: object): Promise<string> => {
    const { text, isError, requests } = await play("search_files", input);
    assert.deepEqual([isError, requests], [false, []], text);
    return text.replace(slowNote, "");
  };

  describe(`what a search withholds, with ${name}`, () => {
    it("C03 secret files give no line, and the result ends with how many there are", async (test) => {
      const scene = await open(test);
      await writeTree(scene.ws, {
        ...{ ".env": "SECRET=hunter2\n", "keys/server.pem": privateKey, "notes/renamed.txt": privateKey },
        ...{ "src/a.ts": "const SECRET = read();\n", "ca.pem": certificate },
      });
      await symlink(join(scene.ws, ".env"), join(scene.ws, "linked.txt"));
      await writeFile(join(scene.out, "out.txt"), "SECRET\n");
      await symlink(scene.out, join(scene.ws, "outside"));
      const text = await search(scene, { pattern: "SECRET" });
      assert.equal(
        text,
        "2 results in 2 files\n\nca.pem\n  2: SECRETMIIC\n\nsrc/a.ts\n  1: const SECRET = read();\n\n2 files withheld",
      );
    });

    it("C03 the count does not depend on what is looked for, nor on how", async (test) => {
      const scene = await open(test);
      await writeTree(scene.ws, { ".env": "SECRET=hunter2\n", "server.pem": privateKey, "a.txt": "plain\n" });
      for (const input of [
        ...[{ pattern: "hunter2" }, { pattern: "absent" }, { pattern: "hunter[0-9]", regex: true }],
        ...[{ pattern: "SECRETKEY" }, { pattern: "plain" }, { pattern: ".", regex: true, maxResults: 1 }],
      ]) {
        const text = await search(scene, input);
        assert.match(text, /\n\n2 files withheld$/, JSON.stringify(input));
        assert.doesNotMatch(text, /\.env|server\.pem|^ {2}\d+: (SECRET|---)/m);
      }
      assert.doesNotMatch(await search(scene, { pattern: "plain", path: "a.txt" }), /withheld/);
      assert.match(await search(scene, { pattern: "x", glob: "*.pem" }), /\n\n1 file withheld$/);
    });

    it("C04 C06 what the ignore file lists is withheld, in every letter case and through links", async (test) => {
      const scene = await open(test);
      await writeTree(scene.ws, {
        ...{ ".outcropignore": "Private/**\n", "private/x": "needle\n", "private/deep/y": "needle\n", a: "needle\n" },
      });
      await symlink("private", join(scene.ws, "d"));
      assert.equal(
        await search(scene, { pattern: "needle" }),
        "1 result in 1 file\n\na\n  1: needle\n\n2 files withheld",
      );
      for (const path of ["private", "PRIVATE/x", "d", "./private/../private", "private/x"]) {
        assert.equal((await scene.judge("search_files", { pattern: "needle", path })).verdict, "deny E_IGNORED", path);
      }
    });

    it("C09 a search of ignored files asks, and secrets stay withheld", async (test) => {
      const scene = await open(test);
      await writeTree(scene.ws, {
        ...{ ".gitignore": "dist/\n.env\n", "dist/a.js": "needle\n", ".env": "A=needle\n", "dist/b.pem": privateKey },
      });
      const unasked = await search(scene, { pattern: "needle" });
      assert.match(unasked, /^0 results for "needle" \(ignored files were not searched[^\n]*\)$/);
      const input = { pattern: "needle", includeIgnored: true };
      const { verdict, everyTime, labels } = await scene.judge("search_files", input);
      assert.deepEqual([verdict, everyTime, labels], ["ask 1", true, ["ignored files too"]]);
      const { text, requests } = await scene.play("search_files", input);
      assert.equal(requests.length, 1);
      assert.match(text, /^1 result in 1 file[^\n]*\n\ndist\/a\.js\n {2}1: needle\n\n2 files withheld$/);
    });

    it("C12 lines of ordinary files are masked as the whole file is", async (test) => {
      const scene = await open(test);
      await writeTree(scene.ws, {
        "deploy.ts": `const id = "${accessKey}"; // needle\naws_secret_access_key = "${secretKey}" // needle\nneedle\n`,
        "doc.md": `How to make a needle:\n\n${privateKey}\nneedle SECRETKEY\n`,
      });
      const found = await search(scene, { pattern: "needle" });
      assert.match(found, /^5 results in 2 files/);
      assert.match(found, /\n {2}1: const id = "\[redacted:[a-z-]+#\d+\]"; \/\/ needle\n/);
      for (const text of [
        found,
        await search(scene, { pattern: "KEY" }),
        await search(scene, { pattern: "needle$", regex: true }),
      ]) {
        for (const secret of [accessKey, secretKey, "SECRETKEYSECRETKEY"]) assert.ok(!text.includes(secret), text);
      }
    });

    it("C12 whether a line is told does not depend on the secret in it", async (test) => {
      const told = async (secret: string, input: object): Promise<string> => {
        const scene = await open(test);
        await writeTree(scene.ws, { "a.ts": `const id = "${secret}"; // needle\nplain\n` });
        return search(scene, input);
      };
      for (const input of [
        ...[{ pattern: "AKIAQX" }, { pattern: "AKIAQX3ZP7NLM5RTW2VD" }, { pattern: "redacted" }],
        ...[
          { pattern: "AKIAQ.*needle", regex: true },
          { pattern: "needle|AKIAQ", regex: true },
        ],
        ...[{ pattern: "AKIAQ|plain", regex: true, maxResults: 1 }, { pattern: '"; // need' }],
      ]) {
        assert.equal(await told(accessKey, input), await told("AKIAZW9KQ4MBT6HSJ3FC", input), JSON.stringify(input));
      }
    });

    it("A14 C03 a search outside asks; once it is allowed, what is outside is searched and secrets are not", async (test) => {
      const scene = await open(test);
      await writeTree(scene.out, { "a.txt": "needle\n", ".env": "A=needle\n" });
      const input = { pattern: "needle", path: scene.out };
      const { verdict, labels } = await scene.judge("search_files", input);
      assert.deepEqual([verdict, labels], ["ask 2", ["outside workspace"]]);
      const { text } = await scene.play("search_files", input);
      assert.match(text, /^1 result in 1 file[^\n]*\n\n[^\n]*a\.txt\n {2}1: needle\n\n1 file withheld$/);
    });

    it("C01 a search of one file of secret values asks, and masks them", async (test) => {
      const scene = await open(test);
      await writeTree(scene.ws, { ".env": "# needle\nTOKEN=needle-hunter2\n" });
      const input = { pattern: "needle", path: ".env" };
      assert.equal((await scene.judge("search_files", input)).verdict, "ask 1");
      const { text } = await scene.play("search_files", input);
      assert.match(text, /^1 result in 1 file[^\n]*\n\n\.env\n {2}1: # needle$/);
    });
  });
}
