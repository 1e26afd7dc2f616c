import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { bundlePath, englishBundle, languages, staleTexts } from "../../../scripts/l10n/bundles.mjs";
import { repositoryRoot } from "../../../scripts/paths.mjs";

const read = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");

describe("UX98 the translations", () => {
  it("UX98 the English bundle has every text of the sources and no other: npm run l10n", () => {
    const { texts, problems } = englishBundle();
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(JSON.parse(read(bundlePath()))), texts);
  });

  for (const language of languages) {
    it(`UX98 ${language} has every text of code and manifest, with the same places for values, names and links`, () => {
      assert.deepEqual(staleTexts(language), []);
    });
  }

  it("UX98 every text of the manifest that is shown has a name in package.nls.json, and each name is used", () => {
    const manifest = read("package.json");
    const names = Object.keys(JSON.parse(read("package.nls.json")));
    const used = [...manifest.matchAll(/"%([^%"]+)%"/gu)].map(([, name = ""]) => name);
    assert.deepEqual(new Set(used), new Set(names));
    const bare = [...manifest.matchAll(/"(?:title|markdownDescription|description|altText)": "([^%"][^"]* [^"]*)"/gu)];
    assert.deepEqual(
      bare.map(([, text]) => text),
      [],
    );
  });

  it("UX98 they are in the package", () => {
    const kept = read(".vscodeignore").split("\n");
    assert.deepEqual(
      ["!package.nls*.json", "!l10n/*.json"].filter((line) => !kept.includes(line)),
      [],
    );
  });
});
