import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { searchEngines } from "../support/search-engines.ts";
import { writeTree } from "../support/write-tree.ts";
import { fileScene } from "./file-scene.ts";

for (const { name, ripgrep } of await searchEngines()) {
  describe(`list_files with ${name}`, () => {
    it("C03 names no file of keys, of secret values or that .outcropignore lists, and counts them", async (test) => {
      const { ws, play } = await fileScene(test, { ripgrep });
      await writeTree(ws, {
        ".outcropignore": "private/**\n",
        "private/plan.md": "",
        ".env": "A=b\n",
        "server.pem": "-----BEGIN PRIVATE KEY-----\n",
        "src/a.ts": "",
      });
      const { text, requests } = await play("list_files", {});
      assert.deepEqual(requests, []);
      assert.equal(text, "2 files in the workspace\n\n.outcropignore\nsrc/a.ts\n\n3 files withheld");
    });

    it("C09 A14 what .gitignore leaves out and places outside are asked about, globs stay inside", async (test) => {
      const { ws, out, judge } = await fileScene(test, { ripgrep });
      await writeTree(ws, { ".gitignore": "build\n", "build/a.js": "" });
      const ignored = await judge("list_files", { includeIgnored: true });
      assert.deepEqual([ignored.verdict, ignored.labels], ["ask 1", ["ignored files too"]]);
      const outside = await judge("list_files", { path: out });
      assert.deepEqual([outside.verdict, outside.labels], ["ask 2", ["outside workspace"]]);
      for (const glob of ["../**", "/etc/*"]) {
        assert.equal((await judge("list_files", { glob })).verdict, "deny E_PATH", glob);
      }
      assert.equal((await judge("list_files", { path: join(ws, "..") })).verdict, "ask 2");
    });
  });
}
