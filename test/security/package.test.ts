import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { listFiles } from "@vscode/vsce";
import * as esbuild from "esbuild";
import { hostBundle } from "../../scripts/build/host-bundle.mjs";
import { webviewBundle } from "../../scripts/build/webview-bundle.mjs";
import { repositoryRoot } from "../../scripts/paths.mjs";

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

/** The scripts as they are shipped, not written to the disk. */
async function shippedScripts(): Promise<readonly string[]> {
  const [host, webview] = [hostBundle({ production: true }), webviewBundle({ production: true })];
  const built = await Promise.all([
    esbuild.build({ ...host, plugins: [], write: false }),
    esbuild.build({ ...webview, write: false }),
  ]);
  return built.flatMap(({ outputFiles = [] }) => outputFiles).map(({ text }) => text);
}

describe("what is shipped", () => {
  it("Q01 holds no source map, no eval and no server of the developers", async () => {
    const scripts = await shippedScripts();
    assert.ok(scripts.length > 3);
    for (const script of scripts) {
      assert.doesNotMatch(script, /sourceMappingURL=/);
      assert.equal(script.includes(repositoryRoot), false);
      assert.doesNotMatch(script, /-----BEGIN [A-Z ]*PRIVATE KEY-----\\n[A-Za-z0-9+/]{40}/);
    }
  });

  it("Q01 holds no eval of ours, none at all in the panel, and in the host only what two packages bring", async () => {
    const { metafile } = await esbuild.build({ ...hostBundle({ production: true }), plugins: [], write: false });
    const evaluating = Object.keys(metafile?.inputs ?? {}).filter((name) =>
      /\beval\(|new (Function|F)\(/.test(read(name)),
    );
    const packages = new Set(evaluating.map((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? name));
    // Emscripten's way to load JavaScript out of WebAssembly, of which the grammar has none; zod's compiled parsers.
    assert.deepEqual([...packages].toSorted(), ["@vscode/tree-sitter-wasm", "zod"]);
    const panel = await esbuild.build({ ...webviewBundle({ production: true }), write: false });
    for (const { text } of panel.outputFiles) assert.doesNotMatch(text, /\beval\(|new Function\(/);
  });

  it("Q01 is what .vscodeignore lets in, and nothing of sources, tests or scripts", async () => {
    const files = await listFiles({ cwd: repositoryRoot });
    const strange = files.filter(
      (file) =>
        !/^(package(?:\.nls(?:\.[a-z-]+)?)?\.json|l10n\/bundle\.l10n[a-z.-]*\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/|media\/)/.test(
          file,
        ) || /\.(map|ts|pem|key)$/.test(file),
    );
    assert.deepEqual(strange, []);
  });

  it("Q01 comes from exact versions, each locked", () => {
    const { dependencies, devDependencies }: Record<string, Record<string, string>> = JSON.parse(read("package.json"));
    const { packages }: { packages: Record<string, { version?: string }> } = JSON.parse(read("package-lock.json"));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(packages[`node_modules/${name}`]?.version, version, name);
    }
  });
});
