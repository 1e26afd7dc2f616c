import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

interface Hit {
  readonly file: string;
  readonly kind: string;
}

async function hitsIn(paths: readonly string[]): Promise<{ readonly hits: readonly Hit[]; readonly bytes: number }> {
  const redactor = new Redactor();
  const hits: Hit[] = [];
  let bytes = 0;
  for (const file of paths) {
    const text = await readFile(join(root, file), "utf8");
    bytes += text.length;
    hits.push(...redactor.secretsIn(text).map(({ kind }) => ({ file, kind })));
  }
  return { hits, bytes };
}

async function textsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:[cm]?[jt]sx?|json|md|css|html|ya?ml|txt)$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

describe("false positives", () => {
  it("there are none in this repository's own code, manifests and documents", async (test) => {
    const folders = await Promise.all(["src", "webview", "scripts", "docs"].map(textsBelow));
    const paths = [...folders.flat(), "package.json", "package-lock.json", "README.md", "ARCHITECTURE.md"];
    const { hits, bytes } = await hitsIn(paths);
    test.diagnostic(`${hits.length} hits in ${paths.length} files, ${bytes} characters`);
    assert.deepEqual(hits, []);
  });

  it("what is found in the tests are made-up secrets", async (test) => {
    const { hits, bytes } = await hitsIn(await textsBelow("test"));
    const files = [...new Set(hits.map(({ file }) => file))];
    test.diagnostic(`${hits.length} hits in ${bytes} characters: ${files.join(", ")}`);
    assert.ok(files.includes(join("test", "unit", "bedrock", "redact.test.ts")));
  });
});
